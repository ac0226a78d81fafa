package dev.atexit.process.agent;

import dev.atexit.AtExit;

/** A program that uses the library, and knows nothing of an agent. */
final class LibraryProgram {
    private LibraryProgram() {}

    public static void main(String[] arguments) {
        AtExit.register("first", () -> System.out.println("first"));
        AtExit.register("second", () -> System.out.println("second"));
    }
}
