package dev.atexit.process.crash;

import dev.atexit.file.PidFile;
import dev.atexit.file.TempManager;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a pid file, and a tree whenever it is told to, and answers with the time of day. It ends as {@link Debtor} does. */
final class ClockProgram {
    private ClockProgram() {}

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        TempManager temp = new TempManager();
        PidFile.write(directory.resolve(Debtor.PREFIX + "clock.pid"));
        System.out.println(Child.READY);
        System.out.flush();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals("exit")) {
                System.exit(0);
            }
            Path tree = temp.createDirectory(directory, Debtor.PREFIX);
            Files.writeString(tree.resolve("file"), "content");
            System.out.println(System.currentTimeMillis());
            System.out.flush();
        }
        Runtime.getRuntime().halt(Debtor.HALTED);
    }
}
