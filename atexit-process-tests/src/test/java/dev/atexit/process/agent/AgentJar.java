package dev.atexit.process.agent;

import dev.atexit.agent.AgentMain;
import dev.atexit.process.ChildJvm;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The agent's jar; in a build that stops before the jars it is made here of what would be in it. */
final class AgentJar {
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private AgentJar() {}

    /** The jar, which is put into this directory if it has to be made. */
    static Path in(Path directory) throws IOException {
        Path place = Path.of(ChildJvm.place(AgentMain.class));
        if (!Files.isDirectory(place)) {
            return place;
        }
        Path jar = directory.resolve("atexit-agent.jar");
        Manifest manifest;
        try (InputStream in = Files.newInputStream(place.resolve(MANIFEST))) {
            manifest = new Manifest(in);
        }
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest);
                Stream<Path> all = Files.walk(place)) {
            List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) {
                String name = place.relativize(file).toString();
                if (!name.equals(MANIFEST)) {
                    entries.putNextEntry(new JarEntry(name));
                    Files.copy(file, entries);
                    entries.closeEntry();
                }
            }
        }
        return jar;
    }
}
