package dev.atexit.agent;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Loads what the agent consists of, apart from the program: neither sees the other's classes, also where the program uses
 * the same libraries, and what is opened to the agent's module is not opened to the program's.
 *
 * <p>The agent's own packages stand in the jar where a program would look for them; what it is built from stands in a
 * folder where nobody does.
 */
final class AgentLoader extends ClassLoader {
    private static final String OWN = "dev.atexit.agent.internal.";
    private static final String FOLDER = "atexit-agent/";

    private final JarFile jar;

    AgentLoader(File jar) throws IOException {
        super("atexit-agent", getPlatformClassLoader());
        this.jar = new JarFile(jar, false);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + ".class";
        byte[] bytes;
        try (InputStream in = open(name.startsWith(OWN) ? path : FOLDER + path)) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            bytes = in.readAllBytes();
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
        definePackageOf(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    /** With the agent's version, which reports name. */
    private void definePackageOf(String type) {
        String name = type.substring(0, type.lastIndexOf('.'));
        if (getDefinedPackage(name) == null) {
            String version = AgentLoader.class.getPackage().getImplementationVersion();
            definePackage(name, null, null, null, null, version, null, null);
        }
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        try {
            return open(FOLDER + name);
        } catch (IOException unreadable) {
            // That is how this method says so.
            return null;
        }
    }

    private @Nullable InputStream open(String path) throws IOException {
        ZipEntry entry = jar.getEntry(path);
        return entry == null ? null : jar.getInputStream(entry);
    }
}
