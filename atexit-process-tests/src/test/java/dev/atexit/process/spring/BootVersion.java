package dev.atexit.process.spring;

import dev.atexit.AtExit;
import dev.atexit.process.ChildJvm;
import dev.atexit.spring.boot.AtExitAutoConfiguration;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The versions of Spring Boot whose jars the build has put beside the tests. */
enum BootVersion {
    BOOT_3_5("boot-3.5"),
    BOOT_4_0("boot-4.0");

    private static final Predicate<String> LOGBACK = name -> name.startsWith("logback") || name.startsWith("log4j-to-");
    private static final Predicate<String> LOG4J2 = name -> name.startsWith("log4j-") && !name.startsWith("log4j-to-");
    private static final Predicate<String> WEB =
            name -> name.contains("tomcat") || name.contains("-web") || name.contains("servlet");

    private final String directory;

    BootVersion(String directory) {
        this.directory = directory;
    }

    /** What a program has beside its own classes. */
    enum Kind {
        PLAIN,
        WEB,
        PLAIN_LOG4J2,
        /** As these two, with the modules that close the logging. */
        CLOSED_LOGBACK,
        CLOSED_LOG4J2,
        /** As plain, without our module for Spring Boot. */
        WITHOUT_US
    }

    /** The class path of {@link BootProgram}. */
    String classPath(Kind kind) throws IOException {
        List<String> path = new ArrayList<>();
        path.add(ChildJvm.place(BootProgram.class));
        for (Path jar : libraries(kind)) {
            path.add(jar.toString());
        }
        return String.join(File.pathSeparator, path);
    }

    /** The jars, and directories of classes, that a program has. */
    List<Path> libraries(Kind kind) throws IOException {
        List<Path> path = new ArrayList<>();
        path.add(Path.of(ChildJvm.place(AtExit.class)));
        if (kind != Kind.WITHOUT_US) {
            path.add(Path.of(ChildJvm.place(AtExitAutoConfiguration.class)));
        }
        boolean log4j2 = kind == Kind.PLAIN_LOG4J2 || kind == Kind.CLOSED_LOG4J2;
        if (kind == Kind.CLOSED_LOGBACK || kind == Kind.CLOSED_LOG4J2) {
            path.add(place(log4j2 ? "atexit-log4j2" : "atexit-logback"));
        }
        Predicate<String> other = log4j2 ? LOGBACK : LOG4J2;
        Predicate<String> left = kind == Kind.WEB ? other : other.or(WEB);
        Path jars = Path.of(ChildJvm.place(BootProgram.class), "..", "..", directory, "target", "jars");
        try (Stream<Path> all = Files.list(jars.normalize())) {
            all.filter(jar -> !left.test(jar.getFileName().toString())).sorted().forEach(path::add);
        }
        return path;
    }

    /** The directory or jar of a module of ours that is beside the tests. */
    private static Path place(String module) {
        for (String place : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (place.contains(File.separator + module)) {
                return Path.of(place);
            }
        }
        throw new IllegalStateException(module + " is not on the class path");
    }
}
