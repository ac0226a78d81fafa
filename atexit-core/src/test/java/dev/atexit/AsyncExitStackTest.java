package dev.atexit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.atexit.support.SmallStack;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AsyncExitStackTest {
    private static final int MANY = 100_000;

    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());
    private final AsyncExitStack stack = new AsyncExitStack();

    private static @Nullable Throwable failureOf(CompletionStage<?> stage) throws Exception {
        return stage.handle((value, failure) -> failure).toCompletableFuture().get(1, TimeUnit.MINUTES);
    }

    // ---- order

    @Test
    void closeAsync_mixedEntries_runLastInFirstOutOneAfterAnother() throws Exception {
        CompletableFuture<String> slow = new CompletableFuture<>();
        stack.enter(() -> ran.add("resource"));
        stack.callback(() -> ran.add("callback"));
        String channel = stack.enterAsync("channel", name -> {
            ran.add("close " + name);
            return slow;
        });
        stack.callbackAsync(() -> {
            ran.add("at once");
            return CompletableFuture.completedFuture(1);
        });
        assertThat(channel).isEqualTo("channel");
        CompletableFuture<?> closed = stack.closeAsync();
        assertThat(ran).containsExactly("at once", "close channel");
        assertThat(closed).isNotDone();
        slow.complete("done");
        assertThat(failureOf(closed)).isNull();
        assertThat(ran).containsExactly("at once", "close channel", "callback", "resource");
    }

    @Test
    void closeAsync_empty_isComplete() {
        assertThat(stack.closeAsync()).isCompletedWithValue(null);
    }

    @Test
    void closeAsync_callbackRegistersAnother_itRunsNext() {
        stack.callback(() -> ran.add("bottom"));
        CompletableFuture<Object> slow = new CompletableFuture<>();
        stack.callbackAsync(() -> slow);
        stack.closeAsync();
        stack.callback(() -> ran.add("meanwhile"));
        assertThat(ran).isEmpty();
        slow.complete("");
        assertThat(ran).containsExactly("meanwhile", "bottom");
    }

    @Test
    void closeAsync_manyCompletedStages_doesNotRecurse() throws Exception {
        AtomicInteger count = new AtomicInteger();
        for (int i = 0; i < MANY; i++) {
            stack.callbackAsync(() -> CompletableFuture.completedStage(count.incrementAndGet()));
        }
        SmallStack.run(() -> assertThat(stack.closeAsync()).isCompleted());
        assertThat(count).hasValue(MANY);
    }

    @Test
    void closeAsync_manyStagesCompletedByAnotherThread_doesNotRecurse() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        AtomicInteger count = new AtomicInteger();
        for (int i = 0; i < MANY; i++) {
            stack.callbackAsync(() -> CompletableFuture.runAsync(count::incrementAndGet, other));
        }
        assertThat(failureOf(stack.closeAsync())).isNull();
        assertThat(count).hasValue(MANY);
        other.shutdown();
    }

    @Test
    void closeAsync_stagesEndOnOtherThreads_nextStartsOnlyThen() throws Exception {
        ExecutorService other = Executors.newFixedThreadPool(3);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 300; i++) {
            int number = i;
            stack.callbackAsync(() -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                return CompletableFuture.runAsync(
                        () -> {
                            order.add(number);
                            inside.decrementAndGet();
                        },
                        other);
            });
        }
        assertThat(failureOf(stack.closeAsync())).isNull();
        assertThat(most).hasValue(1);
        assertThat(order).hasSize(300).isSortedAccordingTo(Collections.reverseOrder());
        other.shutdown();
    }

    // ---- threads

    @Test
    void closeAsync_fromManyThreads_startsEachOnceAndAllSeeItsEnd() throws Exception {
        for (int round = 0; round < 100; round++) {
            AsyncExitStack shared = new AsyncExitStack();
            List<Integer> order = Collections.synchronizedList(new ArrayList<>());
            IOException error = new IOException("x");
            for (int i = 0; i < 20; i++) {
                int number = i;
                shared.callbackAsync(() -> CompletableFuture.runAsync(() -> order.add(number)));
            }
            shared.callbackAsync(() -> CompletableFuture.failedStage(error));
            CyclicBarrier start = new CyclicBarrier(4);
            List<CompletableFuture<@Nullable Throwable>> seen = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                CompletableFuture<@Nullable Throwable> failure = new CompletableFuture<>();
                seen.add(failure);
                new Thread(() -> {
                            await(start);
                            CompletionStage<?> unused = shared.closeAsync().handle((v, f) -> failure.complete(f));
                        })
                        .start();
            }
            for (CompletableFuture<@Nullable Throwable> failure : seen) {
                assertThat(failure.get(1, TimeUnit.MINUTES)).isSameAs(error).hasNoSuppressedExceptions();
            }
            assertThat(order).hasSize(20).isSortedAccordingTo(Collections.reverseOrder());
        }
    }

    @Test
    void enter_whileTheStackIsBeingClosed_eachIsClosedOnce() throws Exception {
        for (int round = 0; round < 100; round++) {
            AsyncExitStack shared = new AsyncExitStack();
            List<Integer> closed = Collections.synchronizedList(new ArrayList<>());
            CountDownLatch all = new CountDownLatch(100);
            CyclicBarrier start = new CyclicBarrier(2);
            Thread entering = new Thread(() -> {
                await(start);
                for (int i = 0; i < 100; i++) {
                    int number = i;
                    try {
                        if (i % 2 == 0) {
                            shared.enter(() -> end(closed, number, all));
                        } else {
                            shared.enterAsync(number, n -> CompletableFuture.runAsync(() -> end(closed, n, all)));
                        }
                    } catch (IllegalStateException late) {
                        assertThat(late).hasMessageContaining("the stack is closed");
                    }
                }
            });
            entering.start();
            await(start);
            assertThat(failureOf(shared.closeAsync())).isNull();
            entering.join();
            assertThat(all.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(closed).hasSize(100).doesNotHaveDuplicates();
        }
    }

    private static void end(List<Integer> closed, int number, CountDownLatch all) {
        closed.add(number);
        all.countDown();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    // ---- contract 30: cancelling, repeating

    @Test
    void closeAsync_returnedStageCancelled_cleanupGoesOn() {
        CompletableFuture<Object> slow = new CompletableFuture<>();
        stack.callback(() -> ran.add("bottom"));
        stack.callbackAsync(() -> slow);
        CompletableFuture<?> first = stack.closeAsync();
        assertThat(first.cancel(true)).isTrue();
        assertThat(slow).isNotDone();
        CompletableFuture<?> second = stack.closeAsync();
        assertThat(second).isNotDone();
        slow.complete("");
        assertThat(ran).containsExactly("bottom");
        assertThat(second).isCompleted();
    }

    @Test
    void closeAsync_again_startsNothingAndHasTheSameOutcome() throws Exception {
        IOException error = new IOException("x");
        stack.callback(() -> {
            ran.add("once");
            throw error;
        });
        assertThat(failureOf(stack.closeAsync())).isSameAs(error);
        assertThat(failureOf(stack.closeAsync())).isSameAs(error);
        assertThat(ran).containsExactly("once");
    }

    @Test
    void closeAsync_byACallback_doesNotRecurse() {
        AtomicInteger count = new AtomicInteger();
        for (int i = 0; i < MANY; i++) {
            stack.callback(() -> {
                count.incrementAndGet();
                assertThat(stack.closeAsync()).isNotDone();
            });
        }
        assertThat(stack.closeAsync()).isCompleted();
        assertThat(count).hasValue(MANY);
    }

    // ---- failures

    @Test
    void closeAsync_severalFail_firstWinsAndLaterOnesAreSuppressed() throws Exception {
        IOException first = new IOException("first");
        SQLException second = new SQLException("second");
        Error third = new StackOverflowError("third");
        stack.callback(() -> ran.add("bottom"));
        stack.callbackAsync(() -> {
            throw third;
        });
        stack.enter(() -> {
            throw second;
        });
        stack.callbackAsync(() -> CompletableFuture.failedStage(first));
        assertThat(failureOf(stack.closeAsync())).isSameAs(first);
        assertThat(first.getSuppressed()).containsExactly(second, third);
        assertThat(ran).containsExactly("bottom");
    }

    @Test
    void closeAsync_sameFailureAgain_isNotSuppressedInItself() throws Exception {
        IOException error = new IOException("x");
        stack.callbackAsync(() -> CompletableFuture.failedStage(error));
        stack.callbackAsync(() -> CompletableFuture.failedStage(error));
        assertThat(failureOf(stack.closeAsync())).isSameAs(error).hasNoSuppressedExceptions();
    }

    @Test
    void closeAsync_stageFailsWithAWrapper_wrapperIsTakenOff() throws Exception {
        IllegalArgumentException error = new IllegalArgumentException("x");
        stack.callbackAsync(() -> CompletableFuture.runAsync(() -> {
            throw error;
        }));
        assertThat(failureOf(stack.closeAsync())).isSameAs(error);
    }

    @Test
    void closeAsync_handlerThrowsCompletionException_isLeftAsItIs() throws Exception {
        CompletionException error = new CompletionException(new IOException("x"));
        stack.callback(() -> {
            throw error;
        });
        assertThat(failureOf(stack.closeAsync())).isSameAs(error);
    }

    @Test
    @SuppressWarnings("NullAway")
    void closeAsync_nullInThePlaceOfAStage_isAFailureAndTheRestRuns() throws Exception {
        stack.callback(() -> ran.add("bottom"));
        stack.callbackAsync(() -> null);
        stack.enterAsync("x", x -> null);
        Throwable failure = failureOf(stack.closeAsync());
        assertThat(failure).isInstanceOf(NullPointerException.class).hasMessageContaining("closer gave null");
        assertThat(failure.getSuppressed())
                .singleElement()
                .satisfies(second -> assertThat(second).hasMessageContaining("handler gave null"));
        assertThat(ran).containsExactly("bottom");
    }

    @Test
    void closeAsync_stageThatCompletesTwice_nextRunsOnce() throws Exception {
        stack.callback(() -> ran.add("bottom"));
        stack.callbackAsync(() -> strange(end -> {
            end.accept("", null);
            end.accept("", new IOException("again"));
        }));
        assertThat(failureOf(stack.closeAsync())).isNull();
        assertThat(ran).containsExactly("bottom");
    }

    @Test
    void closeAsync_stageThatCannotBeAwaited_isAFailureAndTheRestRuns() throws Exception {
        IllegalStateException error = new IllegalStateException("cannot");
        stack.callback(() -> ran.add("bottom"));
        stack.callbackAsync(() -> strange(end -> {
            throw error;
        }));
        assertThat(failureOf(stack.closeAsync())).isSameAs(error);
        assertThat(ran).containsExactly("bottom");
    }

    private interface Ending {
        void end(BiConsumer<Object, @Nullable Throwable> consumer);
    }

    /** A stage of somebody else's, which keeps no rules. */
    @SuppressWarnings("unchecked")
    private static CompletionStage<Object> strange(Ending ending) {
        return (CompletionStage<Object>) Proxy.newProxyInstance(
                AsyncExitStackTest.class.getClassLoader(),
                new Class<?>[] {CompletionStage.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("whenComplete")) {
                        ending.end((BiConsumer<Object, @Nullable Throwable>) arguments[0]);
                    }
                    return proxy;
                });
    }

    // ---- bad input, too late, moving

    @Test
    @SuppressWarnings("NullAway")
    void anything_null_isRefusedByNameAndNothingIsRegistered() {
        assertThatNullPointerException().isThrownBy(() -> stack.enter(null)).withMessage("resource");
        assertThatNullPointerException().isThrownBy(() -> stack.callback(null)).withMessage("handler");
        assertThatNullPointerException()
                .isThrownBy(() -> stack.callbackAsync(null))
                .withMessage("handler");
        assertThatNullPointerException()
                .isThrownBy(() -> stack.enterAsync(null, x -> CompletableFuture.completedStage(ran.add("x"))))
                .withMessage("resource");
        assertThatNullPointerException()
                .isThrownBy(() -> stack.enterAsync("x", null))
                .withMessage("closer");
        assertThat(stack.closeAsync()).isCompleted();
        assertThat(ran).isEmpty();
    }

    @Test
    void register_closedStack_isRefusedAndResourcesAreClosed() {
        stack.closeAsync();
        IOException error = new IOException("close");
        CompletableFuture<Object> late = new CompletableFuture<>();
        assertThatIllegalStateException().isThrownBy(() -> stack.callback(() -> ran.add("callback")));
        assertThatIllegalStateException()
                .isThrownBy(() -> stack.callbackAsync(() -> CompletableFuture.completedStage(ran.add("callback"))));
        assertThatIllegalStateException()
                .isThrownBy(() -> stack.enter(() -> {
                    ran.add("resource");
                    throw error;
                }))
                .satisfies(refused -> assertThat(refused.getSuppressed()).containsExactly(error));
        Throwable refused = catchThrowable(() -> stack.enterAsync("channel", name -> {
            ran.add("close " + name);
            return late;
        }));
        assertThat(refused).isInstanceOf(IllegalStateException.class).hasNoSuppressedExceptions();
        late.completeExceptionally(error);
        assertThat(refused.getSuppressed()).containsExactly(error);
        assertThat(ran).containsExactly("resource", "close channel");
    }

    @Test
    void popAll_stackWithEntries_movesThem() {
        stack.callback(() -> ran.add("a"));
        stack.callback(() -> ran.add("b"));
        AsyncExitStack moved = stack.popAll();
        assertThat(stack.closeAsync()).isCompleted();
        assertThat(ran).isEmpty();
        assertThat(moved.closeAsync()).isCompleted();
        assertThat(ran).containsExactly("b", "a");
    }

    @Test
    void popAll_whileClosing_movesWhatHasNotStarted() {
        CompletableFuture<Object> slow = new CompletableFuture<>();
        stack.callback(() -> ran.add("rest"));
        stack.callbackAsync(() -> slow);
        CompletableFuture<?> closed = stack.closeAsync();
        AsyncExitStack moved = stack.popAll();
        slow.complete("");
        assertThat(closed).isCompleted();
        assertThat(ran).isEmpty();
        assertThat(moved.closeAsync()).isCompleted();
        assertThat(ran).containsExactly("rest");
    }

    // ---- against ExitStack

    @Property(tries = 500)
    void closeAsync_anyEntries_endsAsExitStackDoes(@ForAll long seed, @ForAll @IntRange(min = 0, max = 15) int size)
            throws Exception {
        Random random = new Random(seed);
        AsyncExitStack async = new AsyncExitStack();
        ExitStack sync = new ExitStack();
        List<Integer> asyncRan = new ArrayList<>();
        List<Integer> syncRan = new ArrayList<>();
        List<CompletableFuture<Object>> slow = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int number = i;
            boolean fails = random.nextInt(3) == 0;
            sync.callback(() -> {
                syncRan.add(number);
                failIf(fails, number);
            });
            switch (random.nextInt(3)) {
                case 0 ->
                    async.callback(() -> {
                        asyncRan.add(number);
                        failIf(fails, number);
                    });
                case 1 ->
                    async.callbackAsync(() -> {
                        asyncRan.add(number);
                        return fails
                                ? CompletableFuture.failedStage(new IOException("" + number))
                                : CompletableFuture.completedStage(number);
                    });
                default ->
                    async.enterAsync(number, n -> {
                        asyncRan.add(n);
                        CompletableFuture<Object> stage = new CompletableFuture<>();
                        slow.add(stage);
                        return fails
                                ? stage.thenRun(() -> {
                                    throw new CompletionException(new IOException("" + n));
                                })
                                : stage;
                    });
            }
        }
        Throwable expected = catchThrowable(sync::close);
        CompletableFuture<?> closed = async.closeAsync();
        for (int i = 0; i < slow.size(); i++) {
            assertThat(closed).isNotDone();
            slow.get(i).complete("");
        }
        assertThat(closed).isDone();
        assertThat(asyncRan).isEqualTo(syncRan);
        assertThat(describe(failureOf(closed))).isEqualTo(describe(expected));
    }

    private static void failIf(boolean fails, int number) throws IOException {
        if (fails) {
            throw new IOException("" + number);
        }
    }

    private static String describe(@Nullable Throwable thrown) {
        if (thrown == null) {
            return "nothing";
        }
        StringBuilder text = new StringBuilder(thrown.toString());
        for (Throwable suppressed : thrown.getSuppressed()) {
            text.append(" (").append(suppressed).append(')');
        }
        return text.toString();
    }
}
