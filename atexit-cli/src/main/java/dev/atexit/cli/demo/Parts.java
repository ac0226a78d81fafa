package dev.atexit.cli.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All parts of the demo, in the order in which they are shown. */
final class Parts {
    static final List<Part> ALL = List.of(
            new OrderPart(),
            new RegistryPart(),
            new TempFilesPart(),
            new LoggerPart(),
            new GuardPart(),
            new PidFilePart(),
            new ExitStackPart(),
            new SignalPart(),
            new HangPart(),
            new ExitInsidePart(),
            new KilledPart());

    private Parts() {}

    static @Nullable Part named(String name) {
        for (Part part : ALL) {
            if (part.name().equals(name)) {
                return part;
            }
        }
        return null;
    }
}
