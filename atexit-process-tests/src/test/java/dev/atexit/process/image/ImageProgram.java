package dev.atexit.process.image;

import dev.atexit.AtExit;
import dev.atexit.CleanupRegistry;
import dev.atexit.ExitPolicy;
import dev.atexit.ExitStack;
import dev.atexit.Registration;
import dev.atexit.file.TempManager;
import dev.atexit.logging.LoggingShutdown;
import dev.atexit.signal.Signals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Uses every part that needs no other module. Each line it prints is one that the test waits for. */
final class ImageProgram {
    private ImageProgram() {}

    public static void main(String[] arguments) throws Exception {
        AtExit.configure(ExitPolicy.builder().deadline(Duration.ofSeconds(60)).build());
        LoggingShutdown.register();
        Signals.exitStatus("TERM", 0);
        Signals.on("HUP", ImageProgram::reload);
        AtExit.register("first", () -> System.out.println("first handler"));
        AtExit.register("fails", ImageProgram::fail);
        Path work = new TempManager().createDirectory(Path.of(arguments[0]), "work-");
        AtExit.register("looks", () -> System.out.println("temporary directory is there: " + Files.exists(work)));
        CleanupRegistry registry = new CleanupRegistry();
        registry.register("entry", () -> System.out.println("entry of a registry"));
        Registration taken = AtExit.register(ImageProgram::fail);
        try (ExitStack stack = new ExitStack()) {
            stack.callback(() -> System.out.println("callback of a scope, " + taken.unregister()));
        }
        ModuleLayer.boot().modules().stream().map(Module::getName).sorted().forEach(System.out::println);
        System.exit(3);
    }

    private static void reload() {
        System.out.println("reload");
    }

    private static void fail() {
        throw new IllegalStateException("told to");
    }
}
