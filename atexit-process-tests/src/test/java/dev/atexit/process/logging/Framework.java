package dev.atexit.process.logging;

import dev.atexit.AtExit;
import dev.atexit.process.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a program logs through: the JDK, or a framework whose jars the build has put into a directory of its own. */
enum Framework {
    JUL("java.util.logging", "", "jul", "java.util.logging.config.file", ""),
    SYSTEM_LOGGER("System.Logger", "", "jul", "java.util.logging.config.file", ""),
    LOGBACK_1_5("Logback 1.5", "logback-1.5", "logback", "logback.configurationFile", "atexit-logback"),
    LOGBACK_1_6("Logback 1.6", "logback-1.6", "logback", "logback.configurationFile", "atexit-logback"),
    LOG4J2("Log4j 2.26", "log4j2", "log4j2", "log4j2.configurationFile", "atexit-log4j2"),
    SLF4J_SIMPLE("slf4j-simple", "slf4j-simple", "slf4j-simple", "", ""),
    TINYLOG("tinylog 2.7", "tinylog", "tinylog", "tinylog.configuration", "");

    private final String title;
    private final String jars;
    private final String configurations;
    private final String property;
    private final String module;

    Framework(String title, String jars, String configurations, String property, String module) {
        this.title = title;
        this.jars = jars;
        this.configurations = configurations;
        this.property = property;
        this.module = module;
    }

    /** As its users write it, with the line of versions that is tested. */
    String title() {
        return title;
    }

    /** The directory of the resources that has its configurations. */
    String configurations() {
        return configurations;
    }

    /** What names the file of its configuration to it; empty if it has no such file. */
    String property() {
        return property;
    }

    /** A class path of its jars, and of the given directories or jars before them. */
    String classPath(String... before) throws IOException {
        List<String> path = new ArrayList<>(List.of(before));
        if (!jars.isEmpty()) {
            try (Stream<Path> files = Files.list(target().resolve("frameworks").resolve(jars))) {
                files.map(Path::toString).sorted().forEach(path::add);
            }
        }
        return String.join(File.pathSeparator, path);
    }

    /** The class path of a program of the tests that logs through it; with the core and the module that closes it last. */
    String classPathOfProgram() throws IOException {
        List<String> path = new ArrayList<>(List.of(ChildJvm.place(AtExit.class)));
        if (!module.isEmpty()) {
            path.add(placeOf(module));
        }
        path.add(ChildJvm.place(Framework.class));
        return classPath(path.toArray(new String[0]));
    }

    /** The same, where System.Logger writes to slf4j. */
    String classPathOfProgramWithSystemLogger() throws IOException {
        try (Stream<Path> jars = Files.list(target().resolve("frameworks").resolve("system-logger"))) {
            return classPathOfProgram()
                    + File.pathSeparator
                    + jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
    }

    /** The directory or jar of a module of ours that is beside the tests. */
    private static String placeOf(String module) {
        for (String place : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (place.contains(File.separator + module)) {
                return place;
            }
        }
        throw new IllegalStateException(module + " is not on the class path");
    }

    /** Where the build has put everything: beside the classes of the tests. */
    private static Path target() {
        return Path.of(ChildJvm.place(Framework.class)).resolveSibling("");
    }
}
