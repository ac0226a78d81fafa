package dev.atexit.process.launcher;

/** Stands for the command: says what it was given, and ends with the status that it was told. */
final class LauncherProgram {
    private LauncherProgram() {}

    public static void main(String[] arguments) {
        int status = 0;
        for (String argument : arguments) {
            System.out.println("[" + argument + "]");
            if (argument.startsWith("status=")) {
                status = Integer.parseInt(argument.substring(7));
            }
        }
        System.exit(status);
    }
}
