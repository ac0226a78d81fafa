package dev.atexit.cli.sweep;

import dev.atexit.durable.Sweeper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the journals are. */
final class StateDirectoryOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description =
                    "The state directory. Default: the one that programs of this user have, see ATEXIT_STATE_DIR.")
    private @Nullable Path directory;

    StateDirectoryOption() {}

    Sweeper.Builder sweeper() {
        Sweeper.Builder builder = Sweeper.builder();
        Path given = directory;
        if (given == null) {
            return builder;
        }
        if (Files.exists(given) && !Files.isDirectory(given)) {
            throw new ParameterException(spec.commandLine(), "--state-dir: " + given + " is not a directory");
        }
        return builder.stateDirectory(given);
    }
}
