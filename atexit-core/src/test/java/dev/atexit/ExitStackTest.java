package dev.atexit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.atexit.support.SmallStack;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExitStackTest {
    private static final int MANY = 100_000;

    private final List<String> ran = new ArrayList<>();

    private AutoCloseable resource(String name) {
        return () -> ran.add(name);
    }

    private static AutoCloseable failing(Exception error) {
        return () -> {
            throw error;
        };
    }

    private static ExitHandler throwing(Exception error) {
        return () -> {
            throw error;
        };
    }

    // ---- contracts 24 to 27: close

    @Test
    void close_resourcesAndCallbacks_runLastInFirstOut() {
        ExitStack stack = new ExitStack();
        stack.enter(resource("resource"));
        stack.callback(() -> ran.add("callback"));
        stack.callback(ran::add, "bound");
        assertThat(ran).isEmpty();
        stack.close();
        assertThat(ran).containsExactly("bound", "callback", "resource");
    }

    @Test
    void enter_resource_returnsThatResource() {
        AutoCloseable resource = resource("a");
        try (ExitStack stack = new ExitStack()) {
            assertThat(stack.enter(resource)).isSameAs(resource);
        }
    }

    @Test
    void close_empty_isQuiet() {
        assertThatCode(new ExitStack()::close).doesNotThrowAnyException();
    }

    @Test
    void close_twice_secondDoesNothing() {
        ExitStack stack = new ExitStack();
        SQLException error = new SQLException("close");
        stack.callback(() -> ran.add("a"));
        stack.enter(failing(error));
        assertThat(catchThrowable(stack::close)).isSameAs(error);
        assertThatCode(stack::close).doesNotThrowAnyException();
        assertThat(ran).containsExactly("a");
    }

    @Test
    void close_checkedException_isThrownAsItIs() {
        IOException error = new IOException("disk full");
        ExitStack stack = new ExitStack();
        stack.enter(failing(error));
        assertThat(catchThrowable(stack::close)).isSameAs(error).hasNoSuppressedExceptions();
    }

    @Test
    void close_severalFail_firstWinsAndLaterOnesAreSuppressedInOrder() {
        Exception first = new IOException("first");
        Exception second = new InterruptedException("second");
        Exception third = new IllegalStateException("third");
        ExitStack stack = new ExitStack();
        stack.callback(throwing(third));
        stack.enter(resource("between"));
        stack.enter(failing(second));
        stack.callback(throwing(first));
        assertThat(catchThrowable(stack::close)).isSameAs(first);
        assertThat(first.getSuppressed()).containsExactly(second, third);
        assertThat(ran).containsExactly("between");
    }

    @Test
    void close_sameExceptionAgain_isNotSuppressedInItself() {
        Exception error = new IOException("again");
        ExitStack stack = new ExitStack();
        stack.enter(failing(error));
        stack.enter(failing(error));
        assertThat(catchThrowable(stack::close)).isSameAs(error).hasNoSuppressedExceptions();
    }

    @Test
    void close_errorThrown_restRuns() {
        Error error = new StackOverflowError("deep");
        ExitStack stack = new ExitStack();
        stack.enter(resource("rest"));
        stack.callback(() -> {
            throw error;
        });
        assertThat(catchThrowable(stack::close)).isSameAs(error);
        assertThat(ran).containsExactly("rest");
    }

    @Test
    void tryStatement_bodyAndResourceFail_bodysExceptionWins() {
        Exception inBody = new IOException("body");
        Exception inClose = new IOException("close");
        Throwable thrown = catchThrowable(() -> {
            try (ExitStack stack = new ExitStack()) {
                stack.enter(failing(inClose));
                throw inBody;
            }
        });
        assertThat(thrown).isSameAs(inBody);
        assertThat(inBody.getSuppressed()).containsExactly(inClose);
    }

    @Test
    void enter_openingFails_closesThoseEnteredBefore() {
        IOException error = new IOException("cannot open");
        Throwable thrown = catchThrowable(() -> {
            try (ExitStack stack = new ExitStack()) {
                stack.enter(resource("first"));
                stack.enter(open(error));
            }
        });
        assertThat(thrown).isSameAs(error);
        assertThat(ran).containsExactly("first");
    }

    private static AutoCloseable open(IOException error) throws IOException {
        throw error;
    }

    @Test
    @SuppressWarnings("NullAway")
    void anything_null_isRefusedByNameAndNothingIsRegistered() {
        ExitStack.using(stack -> {
            assertThatNullPointerException().isThrownBy(() -> stack.enter(null)).withMessage("resource");
            assertThatNullPointerException()
                    .isThrownBy(() -> stack.callback((ExitHandler) null))
                    .withMessage("handler");
            assertThatNullPointerException()
                    .isThrownBy(() -> stack.callback((BoundHandler<String>) null, "x"))
                    .withMessage("handler");
            assertThatNullPointerException()
                    .isThrownBy(() -> stack.callback(ran::add, (String) null))
                    .withMessage("argument");
            assertThatNullPointerException().isThrownBy(() -> stack.push(null)).withMessage("callback");
        });
        assertThatNullPointerException().isThrownBy(() -> ExitStack.using(null)).withMessage("body");
        assertThat(ran).isEmpty();
    }

    @Test
    void enter_closedStack_closesTheResourceAndThrows() {
        ExitStack stack = new ExitStack();
        stack.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> stack.enter(resource("late")))
                .withMessageContaining("stack is closed")
                .satisfies(late -> assertThat(late).hasNoSuppressedExceptions());
        assertThat(ran).containsExactly("late");
    }

    @Test
    void enter_closedStackAndResourceFails_exceptionHasTheFailureAsSuppressed() {
        ExitStack stack = new ExitStack();
        stack.close();
        Exception error = new IOException("close");
        assertThatIllegalStateException()
                .isThrownBy(() -> stack.enter(failing(error)))
                .satisfies(late -> assertThat(late.getSuppressed()).containsExactly(error));
    }

    @Test
    void callback_closedStack_isRefusedAndNeverRuns() {
        AtomicReference<@Nullable ExitStack> closed = new AtomicReference<>();
        ExitStack.using(closed::set);
        ExitStack stack = closed.get();
        assertThat(stack).isNotNull();
        assertThatIllegalStateException().isThrownBy(() -> stack.callback(() -> ran.add("late")));
        assertThatIllegalStateException().isThrownBy(() -> stack.callback(ran::add, "late"));
        assertThatIllegalStateException().isThrownBy(() -> stack.push(error -> ran.add("late")));
        stack.close();
        assertThat(ran).isEmpty();
    }

    @Test
    void popAll_stackWithEntries_movesThemInOrder() {
        ExitStack stack = new ExitStack();
        stack.callback(ran::add, "a");
        stack.callback(ran::add, "b");
        ExitStack moved = stack.popAll();
        stack.close();
        assertThat(ran).isEmpty();
        moved.callback(ran::add, "c");
        moved.close();
        assertThat(ran).containsExactly("c", "b", "a");
    }

    @Test
    void popAll_stackUsedAgain_closesOnlyWhatCameLater() {
        ExitStack stack = new ExitStack();
        stack.callback(ran::add, "moved");
        ExitStack moved = stack.popAll();
        stack.callback(ran::add, "stayed");
        stack.close();
        assertThat(ran).containsExactly("stayed");
        moved.close();
        assertThat(ran).containsExactly("stayed", "moved");
    }

    @Test
    void popAll_closedStack_givesAnEmptyOpenOne() {
        ExitStack stack = new ExitStack();
        stack.callback(ran::add, "a");
        stack.close();
        ExitStack moved = stack.popAll();
        moved.callback(ran::add, "b");
        moved.close();
        assertThat(ran).containsExactly("a", "b");
    }

    @Test
    void popAll_fromARunningCallback_movesWhatHasNotRun() {
        ExitStack stack = new ExitStack();
        AtomicReference<@Nullable ExitStack> moved = new AtomicReference<>();
        stack.callback(ran::add, "rest");
        stack.callback(() -> moved.set(stack.popAll()));
        stack.callback(ran::add, "top");
        stack.close();
        assertThat(ran).containsExactly("top");
        ExitStack rest = moved.get();
        assertThat(rest).isNotNull();
        rest.close();
        assertThat(ran).containsExactly("top", "rest");
    }

    // ---- contract 29 and re-entrance

    @Test
    void close_manyCallbacks_doesNotRecurse() throws Exception {
        AtomicInteger count = new AtomicInteger();
        ExitStack stack = new ExitStack();
        for (int i = 0; i < MANY; i++) {
            stack.callback(count::incrementAndGet);
        }
        SmallStack.run(stack::close);
        assertThat(count).hasValue(MANY);
    }

    @Test
    void close_everyCallbackFails_doesNotRecurse() throws Exception {
        Exception error = new IOException("x");
        ExitStack stack = new ExitStack();
        for (int i = 0; i < MANY; i++) {
            stack.callback(throwing(new IOException("x")));
        }
        stack.callback(throwing(error));
        SmallStack.run(() -> assertThat(catchThrowable(stack::close)).isSameAs(error));
        assertThat(error.getSuppressed()).hasSize(MANY);
    }

    @Test
    void close_callbacksThatRegisterTheNext_doesNotRecurse() throws Exception {
        ExitStack stack = new ExitStack();
        AtomicInteger count = new AtomicInteger();
        ExitHandler[] self = new ExitHandler[1];
        self[0] = () -> {
            if (count.incrementAndGet() < MANY) {
                stack.callback(self[0]);
            }
        };
        stack.callback(self[0]);
        SmallStack.run(stack::close);
        assertThat(count).hasValue(MANY);
    }

    @Test
    void close_callbackRegistersAnother_itRunsNext() {
        ExitStack stack = new ExitStack();
        stack.callback(ran::add, "bottom");
        stack.callback(() -> {
            ran.add("middle");
            stack.enter(resource("next"));
        });
        stack.callback(ran::add, "top");
        stack.close();
        assertThat(ran).containsExactly("top", "middle", "next", "bottom");
    }

    @Test
    void close_lastCallbackRegistersAnother_itRunsToo() {
        ExitStack stack = new ExitStack();
        stack.callback(() -> stack.callback(ran::add, "late"));
        stack.close();
        assertThat(ran).containsExactly("late");
    }

    @Test
    void close_byEveryCallbackAgain_doesNothingAndDoesNotRecurse() {
        ExitStack stack = new ExitStack();
        AtomicInteger depth = new AtomicInteger();
        AtomicInteger deepest = new AtomicInteger();
        for (int i = 0; i < MANY; i++) {
            stack.callback(() -> {
                deepest.accumulateAndGet(depth.incrementAndGet(), Math::max);
                stack.close();
                depth.decrementAndGet();
            });
        }
        stack.close();
        assertThat(deepest).hasValue(1);
    }

    @Test
    void close_done_keepsNothingInMemory() {
        ExitStack stack = new ExitStack();
        WeakReference<Object> held = enterAndForget(stack);
        stack.close();
        Awaitility.await().until(() -> {
            System.gc();
            return held.get() == null;
        });
        assertThatCode(stack::close).doesNotThrowAnyException();
    }

    private static WeakReference<Object> enterAndForget(ExitStack stack) {
        byte[] big = new byte[1000];
        stack.callback(argument -> {}, big);
        return new WeakReference<>(big);
    }

    // ---- threads

    @Test
    void enter_whileAnotherThreadCloses_eachIsClosedOnce() throws Exception {
        for (int round = 0; round < 200; round++) {
            ExitStack stack = new ExitStack();
            List<Integer> closed = Collections.synchronizedList(new ArrayList<>());
            CyclicBarrier start = new CyclicBarrier(2);
            AtomicInteger refused = new AtomicInteger();
            Thread entering = new Thread(() -> {
                await(start);
                for (int i = 0; i < 100; i++) {
                    int number = i;
                    try {
                        stack.enter(() -> closed.add(number));
                    } catch (IllegalStateException late) {
                        refused.incrementAndGet();
                    }
                }
            });
            entering.start();
            await(start);
            stack.close();
            entering.join();
            assertThat(closed).hasSize(100).doesNotHaveDuplicates();
            assertThat(refused.get()).isBetween(0, 100);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    // ---- contract 28: using

    @Test
    void using_bodyFails_callbacksSeeItsExceptionAndItIsThrownAsItIs() {
        IOException error = new IOException("body");
        List<@Nullable Throwable> seen = new ArrayList<>();
        Throwable thrown = catchThrowable(() -> ExitStack.using(stack -> {
            stack.push(e -> !seen.add(e));
            stack.callback(ran::add, "callback");
            stack.push(e -> !seen.add(e));
            throw error;
        }));
        assertThat(thrown).isSameAs(error).hasNoSuppressedExceptions();
        assertThat(seen).containsExactly(error, error);
        assertThat(ran).containsExactly("callback");
    }

    @Test
    void using_bodyEndsWell_callbacksSeeNull() {
        List<@Nullable Throwable> seen = new ArrayList<>();
        ExitStack.using(stack -> stack.push(seen::add));
        assertThat(seen).containsExactly((Throwable) null);
    }

    @Test
    void using_callbackReturnsTrue_outerOnesSeeNullAndNothingIsThrown() {
        List<@Nullable Throwable> seen = new ArrayList<>();
        ExitStack.using(stack -> {
            stack.push(e -> !seen.add(e));
            stack.push(e -> true);
            throw new IllegalArgumentException("body");
        });
        assertThat(seen).containsExactly((Throwable) null);
    }

    @Test
    void using_callbackThrows_itsExceptionReplacesTheOneBefore() {
        IOException inBody = new IOException("body");
        SQLException inCallback = new SQLException("callback");
        List<@Nullable Throwable> seen = new ArrayList<>();
        Throwable thrown = catchThrowable(() -> ExitStack.using(stack -> {
            stack.push(e -> !seen.add(e));
            stack.push(e -> {
                throw inCallback;
            });
            throw inBody;
        }));
        assertThat(thrown).isSameAs(inCallback);
        assertThat(inCallback.getSuppressed()).containsExactly(inBody);
        assertThat(seen).containsExactly(inCallback);
    }

    @Test
    void using_resourceFailsToo_itsExceptionReplacesTheOneBeforeAsInPython() {
        IOException inBody = new IOException("body");
        IOException inClose = new IOException("close");
        Throwable thrown = catchThrowable(() -> ExitStack.using(stack -> {
            stack.enter(failing(inClose));
            throw inBody;
        }));
        assertThat(thrown).isSameAs(inClose);
        assertThat(inClose.getSuppressed()).containsExactly(inBody);
    }

    @Test
    void using_failureAfterASuppressor_isThrown() {
        SQLException later = new SQLException("later");
        Throwable thrown = catchThrowable(() -> ExitStack.using(stack -> {
            stack.enter(failing(later));
            stack.push(e -> true);
            throw new IOException("body");
        }));
        assertThat(thrown).isSameAs(later).hasNoSuppressedExceptions();
    }

    @Test
    void using_suppressorByType_doesNotSwallowTheFailureOfAResource() {
        SQLException inClose = new SQLException("close");
        Throwable thrown = catchThrowable(() -> ExitStack.using(stack -> {
            stack.push(e -> e instanceof IOException);
            stack.enter(failing(inClose));
            throw new IOException("expected");
        }));
        assertThat(thrown).isSameAs(inClose);
    }

    @Test
    void using_callbackRethrowsWhatItSees_isNotSuppressedInItself() {
        IOException error = new IOException("body");
        Throwable thrown = catchThrowable(() -> ExitStack.using(stack -> {
            stack.push(e -> {
                throw (Exception) e;
            });
            throw error;
        }));
        assertThat(thrown).isSameAs(error).hasNoSuppressedExceptions();
    }

    @Test
    void using_bodyMovesEverythingAway_callbacksLiveOn() {
        AtomicReference<@Nullable ExitStack> kept = new AtomicReference<>();
        List<@Nullable Throwable> seen = new ArrayList<>();
        ExitStack.using(stack -> {
            stack.push(e -> !seen.add(e));
            kept.set(stack.popAll());
        });
        assertThat(seen).isEmpty();
        ExitStack moved = kept.get();
        assertThat(moved).isNotNull();
        IOException inClose = new IOException("close");
        moved.enter(failing(inClose));
        assertThat(catchThrowable(moved::close)).isSameAs(inClose);
        assertThat(seen).containsExactly(inClose);
    }

    @Test
    void popAll_callbackOfPushThrows_itsExceptionReplacesTheOneItHasSeen() {
        SQLException inClose = new SQLException("close");
        IOException inCallback = new IOException("callback", inClose);
        IOException later = new IOException("later");
        AtomicReference<@Nullable ExitStack> kept = new AtomicReference<>();
        ExitStack.using(stack -> {
            stack.enter(failing(later));
            stack.push(e -> {
                assertThat(e).isSameAs(inClose);
                throw inCallback;
            });
            stack.enter(failing(inClose));
            kept.set(stack.popAll());
        });
        ExitStack moved = kept.get();
        assertThat(moved).isNotNull();
        assertThat(catchThrowable(moved::close)).isSameAs(inCallback);
        assertThat(inCallback.getSuppressed()).containsExactly(inClose, later);
        assertThat(inClose.getSuppressed()).isEmpty();
    }

    @Test
    void using_bodyClosesTheStack_itsExceptionIsStillThrown() {
        IOException error = new IOException("body");
        Throwable thrown = catchThrowable(() -> ExitStack.using(stack -> {
            stack.callback(ran::add, "a");
            stack.close();
            throw error;
        }));
        assertThat(thrown).isSameAs(error);
        assertThat(ran).containsExactly("a");
    }

    @Test
    void using_manyCallbacks_doesNotRecurse() throws Exception {
        AtomicInteger count = new AtomicInteger();
        SmallStack.run(() -> ExitStack.using(stack -> {
            for (int i = 0; i < MANY; i++) {
                stack.push(e -> count.incrementAndGet() < 0);
            }
        }));
        assertThat(count).hasValue(MANY);
    }

    @Test
    void push_stackThatIsNotOfUsing_isRefused() {
        try (ExitStack stack = new ExitStack()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> stack.push(e -> true))
                    .withMessageContaining("ExitStack.using");
            ExitStack moved = stack.popAll();
            assertThatIllegalStateException().isThrownBy(() -> moved.push(e -> true));
            moved.close();
        }
    }
}
