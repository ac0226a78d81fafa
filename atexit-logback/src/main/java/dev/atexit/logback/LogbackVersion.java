package dev.atexit.logback;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Which Logback there is. Names none of its classes, so that it works with every version, and with none. */
final class LogbackVersion {
    private static final String CLASS = "ch.qos.logback.classic.LoggerContext";
    private static final String TITLE = "Logback Classic Module";
    private static final String POM = "/META-INF/maven/ch.qos.logback/logback-classic/pom.properties";

    private LogbackVersion() {}

    static boolean isThere() {
        return context() != null;
    }

    private static @Nullable Class<?> context() {
        try {
            return Class.forName(CLASS, false, LogbackVersion.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError notUsable) {
            return null;
        }
    }

    /**
     * Makes sure that it is one that can be closed last.
     *
     * @throws IllegalStateException if it is not; says by name and number which it is
     */
    static void check() {
        Class<?> context = context();
        String version = context == null ? null : of(context);
        // Nobody knows where it was packed into another jar without its properties: then it is tried.
        if (version != null && !isSupported(version)) {
            throw new IllegalStateException("Logback " + version + " is not supported: 1.5 and 1.6 are");
        }
    }

    static boolean isSupported(String version) {
        return version.startsWith("1.5.") || version.startsWith("1.6.");
    }

    private static @Nullable String of(Class<?> context) {
        ModuleDescriptor module = context.getModule().getDescriptor();
        if (module != null && module.rawVersion().isPresent()) {
            return module.rawVersion().get();
        }
        Package pack = context.getPackage();
        // In a jar of everything, the manifest is that of the program.
        if (TITLE.equals(pack.getImplementationTitle()) && pack.getImplementationVersion() != null) {
            return pack.getImplementationVersion();
        }
        return fromPom(context);
    }

    private static @Nullable String fromPom(Class<?> context) {
        try (InputStream in = context.getResourceAsStream(POM)) {
            if (in == null) {
                return null;
            }
            Properties pom = new Properties();
            pom.load(in);
            return pom.getProperty("version");
        } catch (IOException unreadable) {
            // As if it were not there.
            return null;
        }
    }
}
