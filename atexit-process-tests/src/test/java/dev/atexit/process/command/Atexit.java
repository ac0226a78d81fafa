package dev.atexit.process.command;

import dev.atexit.AtExit;
import dev.atexit.cli.Main;
import dev.atexit.process.ChildJvm;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/** The command {@code atexit}: as it is packaged where it has been, else from its classes. */
final class Atexit {
    private Atexit() {}

    static ChildJvm.Builder command(String... words) {
        return ChildJvm.running(Main.class.getName(), words).classPath(classPath());
    }

    static String classPath() {
        String main = ChildJvm.place(Main.class);
        Path packaged = Path.of(main).resolveSibling("atexit.jar");
        if (main.endsWith(".jar") && Files.exists(packaged)) {
            return packaged.toString();
        }
        return String.join(File.pathSeparator, main, ChildJvm.place(AtExit.class), ChildJvm.place(CommandLine.class));
    }
}
