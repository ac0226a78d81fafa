package dev.atexit.internal.guardian;

import dev.atexit.internal.process.ProcessIdentity;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts the shell that watches this program. */
final class ShellStarter {
    /** Where programs are on nearly every machine, before the places that the environment names. */
    private static final String[] USUAL_PLACES = {"/bin", "/usr/bin"};

    /**
     * What would change the JVM or the shell: a debugger that waits for somebody, an agent that is not there, another class
     * path; and a library that is loaded into every process and does just that.
     */
    private static final String[] HOSTILE_VARIABLES = {
        "JAVA_TOOL_OPTIONS",
        "JDK_JAVA_OPTIONS",
        "_JAVA_OPTIONS",
        "IBM_JAVA_OPTIONS",
        "OPENJ9_JAVA_OPTIONS",
        "CLASSPATH",
        "LD_PRELOAD",
        "ENV",
        "BASH_ENV"
    };

    /** Starts fast, stays small, and leaves no file of its own. */
    private static final String[] JVM_OPTIONS = {
        "-XX:+IgnoreUnrecognizedVMOptions",
        "-Xshare:auto",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-XX:-UsePerfData",
        "-XX:-CreateCoredumpOnCrash",
        "-Xms8m",
        "-Xmx64m",
        "-Djava.awt.headless=true"
    };

    private static final String PAUSE_SECONDS = "15";
    private static final String ENCODING = "sun.jnu.encoding";

    private final String[] places;

    /** With programs in these directories, the first one first. */
    ShellStarter(String... places) {
        this.places = places;
    }

    static ShellStarter ofThisMachine() {
        List<String> places = new ArrayList<>(List.of(USUAL_PLACES));
        String path = System.getenv("PATH");
        if (path != null) {
            places.addAll(List.of(path.split(File.pathSeparator, -1)));
        }
        return new ShellStarter(places.toArray(new String[0]));
    }

    /**
     * Starts it.
     *
     * @throws IOException if it cannot be done here, with the reason as the message
     */
    Process start(Path jar, Path journals, String id) throws IOException {
        ProcessIdentity watched = ProcessIdentity.own();
        if (watched.pid == 1) {
            throw new IOException("this program is process 1, with which all others of its container end");
        }
        String start = watched.exact.substring(watched.exact.lastIndexOf('/') + 1);
        if (start.isEmpty()) {
            throw new IOException("/proc does not tell here whether a process lives");
        }
        List<String> command = new ArrayList<>();
        command.add(find("setsid"));
        command.add(find("sh"));
        command.add("-c");
        command.add(ShellScript.TEXT);
        command.add("atexit-guardian");
        command.add(Long.toString(watched.pid));
        command.add(start);
        command.add(PAUSE_SECONDS);
        command.add(Path.of(System.getProperty("java.home", "/"), "bin", "java").toString());
        command.addAll(List.of(JVM_OPTIONS));
        String encoding = System.getProperty(ENCODING);
        if (encoding != null) {
            // That file names mean the same there as here.
            command.add("-D" + ENCODING + "=" + encoding);
        }
        command.add("-cp");
        command.add(jar.toString());
        command.add(GuardianMain.class.getName());
        command.add(journals.toString());
        command.add(id);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        for (String variable : HOSTILE_VARIABLES) {
            environment.remove(variable);
        }
        return builder.start();
    }

    private String find(String program) throws IOException {
        for (String place : places) {
            File file = new File(place, program);
            if (file.isAbsolute() && file.isFile() && file.canExecute()) {
                return file.getPath();
            }
        }
        throw new IOException("there is no program '" + program + "' here");
    }
}
