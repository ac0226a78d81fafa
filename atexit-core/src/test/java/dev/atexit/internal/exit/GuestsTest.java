package dev.atexit.internal.exit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atexit.support.Stderr;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Both sides of what copies of the library say to each other, in one copy: a scope that is host, and another's stack. */
class GuestsTest {
    @RegisterExtension
    final Stderr err = new Stderr();

    private final ExitScope hostScope = ExitScope.detached(null);
    private final HandlerStack stack = new HandlerStack(ExitScope.detached(null));
    private final BiFunction<String, Object[], Object> host =
            (operation, arguments) -> Guests.serve(null, hostScope, operation, arguments);
    private final List<String> calls = new ArrayList<>();

    /** A task with everything that a host can ask for. */
    private class Demanding extends TestTask {
        Demanding(@Nullable String name, Work work) {
            super(name, work);
        }

        @Override
        public long timeoutNanos() {
            return 7_000_000_000L;
        }

        @Override
        protected String failureLine(String error) {
            return "in the guest's words: " + error;
        }

        @Override
        protected boolean printsStackTrace() {
            return false;
        }

        @Override
        protected void release() {
            calls.add("released");
        }
    }

    private Task task(String name) {
        Task task = new Demanding(name, () -> calls.add(name));
        stack.push(task);
        return task;
    }

    private void exit() {
        hostScope.simulateExit(Reason.endOfMain());
    }

    @Test
    void ticket_inTheHost_looksLikeTheTask() {
        Task task = task("named");
        Guests.ticket(host, task, stack);
        Task ticket = hostScope.pending()[0];
        assertThat(ticket.label()).isEqualTo("named");
        assertThat(ticket.name()).isEqualTo("named");
        assertThat(ticket.timeoutNanos()).isEqualTo(7_000_000_000L);
        assertThat(ticket.failureLine("e")).isEqualTo("in the guest's words: e");
        assertThat(ticket.printsStackTrace()).isFalse();
        assertThat(ticket.isGuest()).isTrue();
        hostScope.clear();
        assertThat(hostScope.pending()).containsExactly(ticket);
        ticket.unregister();
        assertThat(ticket.failureLine("e")).isEqualTo("handler 'named' failed: e");
    }

    @Test
    void hostExits_ticketAndTask_runsItOnce() {
        Task task = task("it");
        Guests.ticket(host, task, stack);
        exit();
        assertThat(calls).containsExactly("it", "released");
        assertThat(stack.isEmpty()).isTrue();
    }

    @Test
    void hostExits_taskRunByItsOwnCopyBefore_runsNothing() {
        Task task = task("it");
        Guests.ticket(host, task, stack);
        assertThat(stack.take()).isSameAs(task);
        exit();
        assertThat(calls).isEmpty();
    }

    @Test
    void hostExits_ticketTakenBack_runsNothing() {
        Runnable takeBack = Guests.ticket(host, task("it"), stack);
        takeBack.run();
        assertThat(hostScope.pending()).isEmpty();
        exit();
        assertThat(calls).isEmpty();
    }

    @Test
    void hostExits_taskForTheEnd_runsAfterAllHandlers() {
        Guests.ticketLast(host, new Demanding("last", () -> calls.add("last")));
        hostScope.register(new TestTask("handler", () -> calls.add("handler")));
        exit();
        assertThat(calls).containsExactly("handler", "last", "released");
    }

    @Test
    void hostExits_taskFails_isToldInTheGuestsWordsAndReleased() {
        Task task = new Demanding("it", () -> {
            throw new Throwable("neither");
        });
        stack.push(task);
        Guests.ticket(host, task, stack);
        exit();
        assertThat(err.lines())
                .containsExactly("[atexit] in the guest's words: java.lang.IllegalStateException: java.lang.Throwable:"
                        + " neither");
        assertThat(calls).containsExactly("released");
    }

    @Test
    void hostExits_taskStandsForOthers_runsThose() {
        Task child = new TestTask("child", () -> calls.add("child"));
        Task parent = new Demanding("parent", () -> calls.add("never")) {
            @Override
            public TaskSource children() {
                return new ListSource(1, child);
            }
        };
        stack.push(parent);
        Guests.ticket(host, parent, stack);
        exit();
        assertThat(calls).containsExactly("child", "released");
    }

    @Test
    void move_guests_lookForAnotherHostAndOthersStay() {
        hostScope.register(new TestTask("own", () -> {}));
        assertThat(Guests.move(hostScope.pending()[0])).isFalse();
        Task older = task("older");
        stack.ticketed(older, Guests.ticket(host, older, stack));
        Task ticket = hostScope.pending()[0];
        task("newer");
        assertThat(Guests.move(ticket)).isTrue();
        // There is no other host, so its copy keeps it; whoever moves last is on top.
        assertThat(stack.snapshot()[0]).isSameAs(older);
        assertThat(hostScope.pending()).doesNotContain(ticket);
    }

    @Test
    void exitOfTheHost_seenByAGuest_isTheHosts() {
        assertThat(Guests.isExiting(host)).isFalse();
        assertThat(Guests.reason(host)).isNull();
        assertThat(Guests.timeLeftNanos(host)).isEqualTo(-1);
        exit();
        assertThat(Guests.isExiting(host)).isTrue();
        assertThat(Guests.timeLeftNanos(host)).isEqualTo(-1);
    }

    private static Reason reasonSeenByAGuest(Reason reason) {
        ExitScope scope = ExitScope.detached(null);
        scope.simulateExit(reason);
        return Guests.reason((operation, arguments) -> Guests.serve(null, scope, operation, arguments));
    }

    @Test
    void reason_ofAnyKind_isTheSameForAGuest() {
        assertThat(reasonSeenByAGuest(Reason.endOfMain()).kind).isEqualTo(Reason.Kind.END_OF_MAIN);
        Reason signal = reasonSeenByAGuest(Reason.signal("TERM"));
        assertThat(signal.kind).isEqualTo(Reason.Kind.SIGNAL);
        assertThat(signal.signal).isEqualTo("TERM");
        StackTraceElement caller = new StackTraceElement("App", "main", "App.java", 7);
        Reason exit = reasonSeenByAGuest(Reason.systemExit(caller));
        assertThat(exit.kind).isEqualTo(Reason.Kind.SYSTEM_EXIT);
        assertThat(exit.caller).isEqualTo(caller);
        Throwable error = new IllegalStateException("it");
        Reason uncaught = reasonSeenByAGuest(Reason.uncaught("main", error));
        assertThat(uncaught.kind).isEqualTo(Reason.Kind.UNCAUGHT);
        assertThat(uncaught.threadName).isEqualTo("main");
        assertThat(uncaught.error).isSameAs(error);
    }

    @Test
    void operation_unknown_isRefusedByName() {
        assertThatThrownBy(() -> host.apply("dance", new Object[0])).hasMessage("unknown operation: dance");
    }
}
