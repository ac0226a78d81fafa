package dev.atexit.log4j2;

import java.lang.module.ModuleDescriptor;
import org.jspecify.annotations.Nullable;

/** Which Log4j is there. Names no type of it, so that this can be asked where there is none, or a strange one. */
final class Log4jVersion {
    private static final String CORE = "org.apache.logging.log4j.core.LoggerContext";
    private static final int MAJOR = 2;
    private static final int LEAST_MINOR = 17;

    private Log4jVersion() {}

    /**
     * Whether log4j-core is there for this module.
     *
     * @throws IllegalStateException if it is there for the program only
     */
    static boolean isThere() {
        if (find(Log4jVersion.class.getClassLoader()) != null) {
            return true;
        }
        if (find(Thread.currentThread().getContextClassLoader()) != null) {
            throw new IllegalStateException("log4j-core is there for the program, but not for the class loader of"
                    + " atexit-log4j2: put both into the same place");
        }
        return false;
    }

    /**
     * Refuses what is not supported. A Log4j without a number, as in a jar made of several, is given a try.
     *
     * @throws IllegalStateException with the version
     */
    static void check() {
        Class<?> core = find(Log4jVersion.class.getClassLoader());
        String version = core == null ? null : of(core);
        if (version != null && !isSupported(version)) {
            throw new IllegalStateException(
                    "Log4j " + version + " is not supported: 2." + LEAST_MINOR + " and every later 2.x is");
        }
    }

    static boolean isSupported(String version) {
        String[] parts = version.split("[.-]", 3);
        if (parts.length < 2) {
            return true;
        }
        try {
            return Integer.parseInt(parts[0]) == MAJOR && Integer.parseInt(parts[1]) >= LEAST_MINOR;
        } catch (NumberFormatException noVersion) {
            // As if there were none.
            return true;
        }
    }

    private static @Nullable String of(Class<?> core) {
        String inManifest = core.getPackage().getImplementationVersion();
        if (inManifest != null) {
            return inManifest;
        }
        ModuleDescriptor module = core.getModule().getDescriptor();
        return module == null ? null : module.rawVersion().orElse(null);
    }

    private static @Nullable Class<?> find(@Nullable ClassLoader loader) {
        try {
            return Class.forName(CORE, false, loader);
        } catch (ClassNotFoundException | LinkageError notUsable) {
            return null;
        }
    }
}
