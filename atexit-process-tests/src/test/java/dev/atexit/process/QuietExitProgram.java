package dev.atexit.process;

import dev.atexit.AtExit;
import dev.atexit.ExitHandler;

/** An ordinary program: some handlers, and an exit about which there is nothing to say. */
final class QuietExitProgram implements ExitHandler {
    private QuietExitProgram() {}

    public static void main(String[] args) {
        for (int i = 0; i < 100; i++) {
            AtExit.register(new QuietExitProgram());
        }
    }

    @Override
    public void run() {}
}
