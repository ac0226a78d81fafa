package dev.atexit.process.spring;

import dev.atexit.process.ChildJvm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** A program of Spring Boot in one jar, laid out as Spring Boot's plugins do it. */
final class FatJar {
    static final String LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";
    private static final String CLASSES = "BOOT-INF/classes/";
    private static final String LIBRARIES = "BOOT-INF/lib/";

    private FatJar() {}

    static void write(Path jar, Class<?> main, List<Path> libraries) throws Exception {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, LAUNCHER);
        attributes.putValue("Start-Class", main.getName());
        attributes.putValue("Spring-Boot-Classes", CLASSES);
        attributes.putValue("Spring-Boot-Lib", LIBRARIES);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            copyLoader(out);
            out.putNextEntry(new JarEntry(CLASSES));
            Path classes = Path.of(ChildJvm.place(main));
            String folder = main.getPackageName().replace('.', '/');
            addAll(out, CLASSES, classes, classes.resolve(folder));
            out.putNextEntry(new JarEntry(LIBRARIES));
            int number = 0;
            for (Path library : libraries) {
                // Two of them may be directories of the same name.
                store(out, LIBRARIES + ++number + "-" + library.getFileName() + ".jar", bytes(library));
            }
        }
    }

    private static void copyLoader(JarOutputStream out) throws Exception {
        try (JarFile loader = new JarFile(ChildJvm.place(Class.forName(LAUNCHER)))) {
            for (JarEntry entry :
                    loader.stream().filter(e -> e.getName().startsWith("org/")).toList()) {
                out.putNextEntry(new JarEntry(entry.getName()));
                loader.getInputStream(entry).transferTo(out);
            }
        }
    }

    private static byte[] bytes(Path library) throws IOException {
        if (Files.isRegularFile(library)) {
            return Files.readAllBytes(library);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream out = new JarOutputStream(bytes)) {
            addAll(out, "", library, library);
        }
        return bytes.toByteArray();
    }

    private static void addAll(JarOutputStream out, String prefix, Path root, Path from) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(prefix + root.relativize(file)));
                Files.copy(file, out);
            }
        }
    }

    /** Not compressed: it is read from where it is. */
    private static void store(JarOutputStream out, String name, byte[] bytes) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        JarEntry entry = new JarEntry(name);
        entry.setMethod(JarEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(sum.getValue());
        out.putNextEntry(entry);
        out.write(bytes);
    }
}
