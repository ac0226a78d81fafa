package dev.atexit.internal.durable;

import dev.atexit.internal.exit.DurableSettings;
import dev.atexit.internal.exit.PolicySources;
import dev.atexit.internal.exit.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values that count for what survives a kill. */
final class DurablePolicy {
    private static final DurableSettings NOTHING_SAID = new DurableSettings(null, null, null, null, null);

    /** Whether anything is written down at all. */
    final boolean durable;

    /** Whether each record is forced to the disk. */
    final boolean force;

    /** Whether this program cleans up after others. */
    final boolean sweep;

    /** Whether a guardian watches over this program. */
    final boolean guardian;

    /** Whether commands may be registered. */
    final boolean commands;

    /** One line for each text from outside that was not understood. */
    final List<String> warnings;

    /** Asks all sources now. */
    DurablePolicy(@Nullable Settings code) {
        DurableSettings said = code == null || code.durable == null ? NOTHING_SAID : code.durable;
        PolicySources sources = new PolicySources();
        durable = sources.isOn("atexit.durable", said.durable, true);
        force = sources.isOn("atexit.durable.force", said.force, false);
        sweep = sources.isOn("atexit.sweep", said.sweep, true);
        guardian = sources.isOn("atexit.guardian", said.guardian, false);
        commands = sources.isOn("atexit.commands", said.commands, false);
        warnings = sources.warnings;
    }
}
