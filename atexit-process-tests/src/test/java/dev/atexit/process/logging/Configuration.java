package dev.atexit.process.logging;

import dev.atexit.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One way to configure a framework: a file of the resources, and beside it, with the same name and the ending {@code
 * .options}, what the JVM needs besides: an option a line. Either may be missing. Writes its lines, which end with the
 * message, into files of the working directory, and keeps them all.
 */
record Configuration(String name, List<String> options) {
    private static final String OPTIONS = ".options";

    /** All that there are for a framework. */
    static List<Configuration> of(Framework framework) throws IOException {
        Path directory = Path.of(ChildJvm.place(Configuration.class))
                .resolve("dev/atexit/process/logging")
                .resolve(framework.configurations());
        List<Configuration> all = new ArrayList<>();
        for (String name : names(directory)) {
            all.add(read(framework, directory, name));
        }
        return all;
    }

    private static TreeSet<String> names(Path directory) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        for (Path file : files(directory)) {
            names.add(stem(file));
        }
        return names;
    }

    private static Configuration read(Framework framework, Path directory, String name) throws IOException {
        List<String> options = new ArrayList<>();
        for (Path file : files(directory)) {
            if (stem(file).equals(name)) {
                if (file.toString().endsWith(OPTIONS)) {
                    Files.readAllLines(file).stream()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .forEach(options::add);
                } else {
                    options.add("-D" + framework.property() + "=" + file);
                }
            }
        }
        return new Configuration(name, options);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            // Tests of that framework may have their classes in the same folder.
            return files.filter(file -> !file.toString().endsWith(".class"))
                    .sorted()
                    .toList();
        }
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    @Override
    public String toString() {
        return name;
    }
}
