package dev.atexit.process.guardian;

import dev.atexit.AtExit;
import dev.atexit.process.ChildJvm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes jars of the library and of {@link GuardianProgram}, in the ways in which programs are delivered. */
final class Packages {
    private static final String PROGRAM = GuardianProgram.class.getName().replace('.', '/') + ".class";
    static final String LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";

    private Packages() {}

    /** The library as it is published. */
    static void plain(Path jar) throws IOException {
        write(jar, library());
    }

    /** A fat jar: the library is a jar inside it, which only the loader of Spring Boot can read. */
    static void boot(Path jar) throws Exception {
        ByteArrayOutputStream library = new ByteArrayOutputStream();
        write(library, library());
        Map<String, byte[]> files = files(Path.of(ChildJvm.place(Class.forName(LAUNCHER))));
        files.keySet().removeIf(name -> !name.startsWith("org/"));
        files.put("BOOT-INF/classes/", new byte[0]);
        files.put("BOOT-INF/classes/" + PROGRAM, program());
        files.put("BOOT-INF/lib/atexit-core.jar", library.toByteArray());
        String manifest = "Manifest-Version: 1.0\nMain-Class: " + LAUNCHER + "\nStart-Class: "
                + GuardianProgram.class.getName()
                + "\nSpring-Boot-Classes: BOOT-INF/classes/\nSpring-Boot-Lib: BOOT-INF/lib/\n";
        files.put("META-INF/MANIFEST.MF", manifest.getBytes(StandardCharsets.UTF_8));
        write(jar, files);
    }

    /** The classes of the library and of the program, one directory. */
    static void together(Path directory) throws IOException {
        Map<String, byte[]> files = library();
        files.put(PROGRAM, program());
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path to = directory.resolve(file.getKey());
            Files.createDirectories(to.getParent());
            Files.write(to, file.getValue());
        }
    }

    private static Map<String, byte[]> library() throws IOException {
        return files(Path.of(ChildJvm.place(AtExit.class)));
    }

    private static byte[] program() throws IOException {
        return files(Path.of(ChildJvm.place(GuardianProgram.class))).getOrDefault(PROGRAM, new byte[0]);
    }

    /** The files of a jar or of a directory. */
    private static Map<String, byte[]> files(Path place) throws IOException {
        if (Files.isDirectory(place)) {
            return read(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return read(jar.getPath("/"));
        }
    }

    private static Map<String, byte[]> read(Path root) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private static void write(Path jar, Map<String, byte[]> files) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar)) {
            write(out, files);
        }
    }

    private static void write(OutputStream out, Map<String, byte[]> files) throws IOException {
        try (ZipOutputStream jar = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                if (file.getKey().endsWith(".jar")) {
                    // Where it is read from in its place.
                    CRC32 sum = new CRC32();
                    sum.update(file.getValue());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(file.getValue().length);
                    entry.setCrc(sum.getValue());
                }
                jar.putNextEntry(entry);
                jar.write(file.getValue());
            }
        }
    }
}
