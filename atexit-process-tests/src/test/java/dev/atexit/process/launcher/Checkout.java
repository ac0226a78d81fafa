package dev.atexit.process.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** What the launcher needs of a checkout, with a Maven that only copies a jar, and a PATH that holds nothing else. */
final class Checkout {
    private static final long PATIENCE_S = 120;
    private static final List<String> TOOLS = List.of(
            "cp",
            "dirname",
            "env",
            "find",
            "head",
            "ln",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "rmdir",
            "sed",
            "sh",
            "sleep",
            "touch");

    private final Path top;
    final Path root;
    final Path launcher;
    final Path made;
    final Path jar;
    final Path lock;
    final Path tools;
    private final Path builds;

    Checkout(Path top) throws IOException {
        this.top = top;
        root = top.resolve("a check out");
        launcher = root.resolve("bin/atexit");
        made = root.resolve("atexit-cli/target/atexit.jar");
        jar = root.resolve("atexit-cli/target/launcher/atexit.jar");
        lock = root.resolve("atexit-cli/target/launcher/lock");
        tools = Files.createDirectory(top.resolve("tools"));
        builds = top.resolve("builds");
        Files.createDirectories(launcher.getParent());
        Files.copy(Path.of("..", "bin", "atexit"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
        for (String tool : TOOLS) {
            call(tool, onPath(tool));
        }
    }

    /** A checkout that can be built: with sources, a JDK and a Maven. */
    static Checkout complete(Path top) throws IOException {
        Checkout checkout = new Checkout(top);
        for (String module : List.of("atexit-core", "atexit-report", "atexit-cli")) {
            Files.createDirectories(checkout.root.resolve(module).resolve("src/main"));
            Files.createFile(checkout.root.resolve(module).resolve("pom.xml"));
            Files.createFile(checkout.root.resolve(module).resolve("src/main/Source.java"));
        }
        Files.createFile(checkout.root.resolve("pom.xml"));
        checkout.writeJar(top.resolve("command.jar"));
        checkout.installJdk();
        checkout.installMaven();
        return checkout;
    }

    void installJdk() throws IOException {
        for (String tool : List.of("java", "javac")) {
            call(tool, Path.of(System.getProperty("java.home"), "bin", tool));
        }
    }

    /** Puts a tool on the PATH, by a script: links would do, but JUnit warns of each link that leaves the directory. */
    void call(String name, Path tool) throws IOException {
        script(tools.resolve(name), "exec '" + tool + "' \"$@\"");
    }

    private void installMaven() throws IOException {
        script(
                tools.resolve("mvn"),
                "echo \"$*\" >> '" + builds + "'",
                "while [ -e '" + top.resolve("hold") + "' ]; do sleep 0.1; done",
                "if [ -e '" + top.resolve("fail") + "' ]; then echo 'it does not compile'; exit 1; fi",
                "mkdir -p atexit-cli/target",
                "cp '" + top.resolve("command.jar") + "' atexit-cli/target/atexit.jar");
    }

    /** A JVM that can only say which version it is. */
    Path fakeJava(String version) throws IOException {
        Path home = Files.createDirectories(top.resolve("java " + version));
        script(
                Files.createDirectories(home.resolve("bin")).resolve("java"),
                "echo 'openjdk version \"" + version + "\" 2020-01-01' >&2");
        return home;
    }

    static void script(Path file, String... lines) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    void writeJar(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, LauncherProgram.class.getName());
        String name = LauncherProgram.class.getName().replace('.', '/') + ".class";
        try (var in = LauncherProgram.class.getClassLoader().getResourceAsStream(name);
                OutputStream out = Files.newOutputStream(file);
                JarOutputStream jarOut = new JarOutputStream(out, manifest)) {
            if (in == null) {
                throw new IOException(name + " is missing");
            }
            jarOut.putNextEntry(new JarEntry(name));
            in.transferTo(jarOut);
        }
    }

    void holdBuilds() throws IOException {
        Files.createFile(top.resolve("hold"));
    }

    void letBuildsGoOn() throws IOException {
        Files.delete(top.resolve("hold"));
    }

    void makeBuildsFail() throws IOException {
        Files.createFile(top.resolve("fail"));
    }

    int builds() throws IOException {
        return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
    }

    void age(Path file, Duration age) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }

    Ended run(String... arguments) throws IOException, InterruptedException {
        return start(launcher, top, Map.of(), arguments).await();
    }

    Running start(Path command, Path directory, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> words = new ArrayList<>(List.of(command.toString()));
        words.addAll(List.of(arguments));
        Path out = Files.createTempFile(top, "out", "");
        Path err = Files.createTempFile(top, "err", "");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().putAll(environment);
        return new Running(builder.start(), out, err);
    }

    private static Path onPath(String tool) throws IOException {
        for (String directory : System.getenv("PATH").split(":")) {
            Path file = Path.of(directory, tool);
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        throw new IOException("no " + tool + " on the PATH");
    }

    /** A launcher that may still be running. */
    record Running(Process process, Path out, Path err) {
        Ended await() throws IOException, InterruptedException {
            try {
                if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                    throw new AssertionError("did not end within " + PATIENCE_S + " s: " + Files.readString(err));
                }
            } finally {
                process.destroyForcibly();
            }
            return new Ended(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        }
    }

    /** What became of a launcher. */
    record Ended(int status, String out, String err) {}
}
