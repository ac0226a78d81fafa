package dev.atexit.process.logging;

import dev.atexit.process.ChildJvm;
import dev.atexit.process.Ending;
import dev.atexit.process.logging.MatrixProgram.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One cell of the matrix: what the program logs through, how that is configured, and how the program ends. */
record MatrixCell(Framework framework, Configuration configuration, Ending ending) {
    static final List<Ending> ENDINGS = List.of(Ending.END_OF_MAIN, Ending.EXIT, Ending.TERM, Ending.INT);

    /** Every cell that there is. */
    static List<MatrixCell> all() throws IOException {
        List<MatrixCell> cells = new ArrayList<>();
        for (Framework framework : Framework.values()) {
            for (Configuration configuration : Configuration.of(framework)) {
                for (Ending ending : ENDINGS) {
                    cells.add(new MatrixCell(framework, configuration, ending));
                }
            }
        }
        return cells;
    }

    /** Prepares the program; it writes its logs into this directory. */
    ChildJvm.Builder program(Way way, Path directory) throws IOException {
        return ChildJvm.running(MatrixProgram.class, framework.name(), way.name(), ending.name())
                .classPath(framework.classPathOfProgram())
                .jvm(configuration.options().toArray(new String[0]))
                .in(directory);
    }

    @Override
    public String toString() {
        return framework.title() + ", " + configuration + ", " + ending;
    }
}
