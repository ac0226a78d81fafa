package dev.atexit.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.process.ChildJvm.Ended;
import dev.atexit.process.GateProgram.Container;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A container that stops in a hook of its own, and the exit handlers, take turns. */
@Execution(ExecutionMode.CONCURRENT)
class ExitGateTest {
    private static ChildJvm.Builder program(Container container, Ending ending) {
        return ChildJvm.running(GateProgram.class, ending.name()).property("container", container.name());
    }

    private static Ended run(Container container) throws Exception {
        return program(container, Ending.EXIT).run();
    }

    @ParameterizedTest
    @EnumSource(names = {"END_OF_MAIN", "UNCAUGHT", "EXIT", "TERM", "INT"})
    void exit_gateIsPassed_handlersRunAfterTheContainerAndBeforeItsEnd(Ending ending) throws Exception {
        Ended ended = program(Container.ORDERLY, ending).run(ending);
        assertThat(ended.status()).as(ended.all()).isEqualTo(ending.status);
        assertThat(ended.out())
                .as(ended.all())
                .containsExactly(
                        "container stops",
                        "container stopped",
                        "handler registered while it stopped",
                        "second handler",
                        "first handler",
                        "waited: true, again: true");
    }

    @Test
    void exit_hookOfTheContainerDies_handlersRunThen() throws Exception {
        Ended ended = run(Container.DIES);
        assertThat(ended.status()).as(ended.all()).isEqualTo(Ending.EXIT.status);
        assertThat(ended.out())
                .as(ended.all())
                .containsSubsequence("container stops", "container stopped", "second handler", "first handler");
    }

    @Test
    void exit_gateIsNotExpectedToBePassed_handlersRunAtOnce() throws Exception {
        Ended ended = run(Container.ABSENT);
        assertThat(ended.out()).as(ended.all()).containsExactly("second handler", "first handler");
        assertThat(ended.err()).as(ended.all()).isEmpty();
    }

    @Test
    void exit_containerDoesNotStop_endsByItsDeadlineAndTheHandlersRun() throws Exception {
        Ended ended = program(Container.WAITS_FOR_HANDLERS, Ending.EXIT)
                .property("atexit.deadline", "2s")
                .run();
        assertThat(ended.out())
                .as(ended.all())
                .contains("container stops", "second handler", "first handler", "container stopped");
        assertThat(ended.err())
                .as(ended.all())
                .first()
                .asString()
                .startsWith("[atexit] 'stop of the container' timed out after ");
    }

    @Test
    void pass_whileTheProgramLives_doesNothing() throws Exception {
        Ended ended = run(Container.PASSES_EARLY);
        assertThat(ended.out())
                .as(ended.all())
                .startsWith("passed early: false", "container stops", "container stopped")
                .endsWith("waited: true, again: true");
    }
}
