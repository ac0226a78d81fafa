package dev.atexit.process.logging;

import dev.atexit.process.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A logging framework that the build has put into a directory of its own. */
enum Framework {
    LOGBACK_1_5("logback-1.5"),
    LOGBACK_1_6("logback-1.6"),
    LOG4J2("log4j2"),
    SLF4J_SIMPLE("slf4j-simple"),
    TINYLOG("tinylog");

    private final String directory;

    Framework(String directory) {
        this.directory = directory;
    }

    /** A class path of its jars, and of the given directories or jars before them. */
    String classPath(String... before) throws IOException {
        List<String> path = new ArrayList<>(List.of(before));
        try (Stream<Path> jars = Files.list(target().resolve("frameworks").resolve(directory))) {
            jars.map(Path::toString).sorted().forEach(path::add);
        }
        return String.join(File.pathSeparator, path);
    }

    /** Where the build has put everything: beside the classes of the tests. */
    private static Path target() {
        return Path.of(ChildJvm.place(Framework.class)).resolveSibling("");
    }
}
