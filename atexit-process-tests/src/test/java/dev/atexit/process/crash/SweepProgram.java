package dev.atexit.process.crash;

import dev.atexit.durable.Sweeper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Sweeps the state directory that is its argument once for each line of standard input, and answers in one line. */
final class SweepProgram {
    static final String SWEEP = "sweep";

    private SweepProgram() {}

    public static void main(String[] args) throws IOException {
        Sweeper sweeper = Sweeper.builder().stateDirectory(Path.of(args[0])).build();
        System.out.println(Child.READY);
        System.out.flush();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            System.out.println(sweep(sweeper).replace("\n", " | "));
            System.out.flush();
        }
    }

    private static String sweep(Sweeper sweeper) {
        try {
            return sweeper.sweep().toString();
        } catch (IOException refused) {
            return "not swept: " + refused;
        }
    }
}
