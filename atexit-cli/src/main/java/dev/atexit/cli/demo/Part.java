package dev.atexit.cli.demo;

import java.io.IOException;

/** One part of the demo. */
interface Part {
    /** What to call it on the command line. */
    String name();

    /** What it shows, in one line. */
    String title();

    /**
     * Shows it and checks it.
     *
     * @throws IOException if a program cannot be started or a file not be read
     */
    void play(Stage stage) throws IOException, InterruptedException;
}
