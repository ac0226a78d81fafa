package dev.atexit.process.spring;

import dev.atexit.AtExit;
import dev.atexit.logging.LoggingShutdown;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** A program of Spring Boot whose exit handlers log. It is one for the web if the class path has what that needs. */
@SpringBootConfiguration
@EnableAutoConfiguration
public class BootProgram {
    static final int HANDLERS = 20;
    static final int LINES = 50;

    /** How many lines all handlers log: one more logs from a thread that it starts. */
    static final int ALL_LINES = (HANDLERS + 1) * LINES;

    /** Long enough that handlers which do not wait are seen. */
    private static final long DESTRUCTION_MS = 300;

    /** Only so that a program that waits in vain does not hold the tests. */
    private static final long PATIENCE_S = 60;

    private static final Logger LOG = LoggerFactory.getLogger("program");
    private static final CountDownLatch HANDLERS_BEGAN = new CountDownLatch(1);

    /** How the program ends; the first argument has its name. */
    enum End {
        MAIN(0),
        EXIT(3),
        TERM(143),
        INT(130),
        /** The context is closed first, as Spring Boot's documentation shows it. */
        SPRING_EXIT(0),
        /** From a thread of the program while the main thread does something else. */
        EXIT_IN_THREAD(3),
        /** From a bean that is being made. */
        EXIT_IN_BEAN(3),
        /** From a bean that is being destroyed, which never returns; a parent has to end the program. */
        EXIT_IN_DESTRUCTION(137),
        /** From a handler. */
        EXIT_IN_HANDLER(0),
        /** The application cannot start. */
        FAILED_START(1),
        /** Two contexts, one the parent of the other, and a third one that is closed by hand. */
        SEVERAL_CONTEXTS(0),
        /** Spring Boot has no shutdown hook at all. */
        NO_HOOK(3),
        /** Spring Boot has its hook but does not close the context. */
        NO_HOOK_BY_PROPERTY(3),
        /** One of Spring Boot's shutdown handlers throws, and those after it are not called. */
        BROKEN_BOOT_HANDLER(3);

        final int status;

        End(int status) {
            this.status = status;
        }
    }

    /** What there is to wait for, to show what happens where nobody waits; {@code -Drace=...}. */
    enum Race {
        NONE,
        /** A bean is destroyed only when handlers run. */
        BEAN_WAITS_FOR_HANDLERS,
        /** Handlers log only when Spring Boot's hook has ended. */
        HANDLERS_WAIT_FOR_BOOT
    }

    /** The parent refers to a child weakly, and closes it only if it is still there. */
    static ConfigurableApplicationContext kept;

    static End end;

    public static void main(String[] args) throws Exception {
        end = End.valueOf(args[0]);
        if (end == End.EXIT_IN_BEAN || end == End.FAILED_START) {
            registerHandlers();
        }
        if (end == End.SEVERAL_CONTEXTS) {
            SpringApplication.run(BootProgram.class).close();
            finish(new SpringApplicationBuilder(BootParent.class)
                    .child(BootProgram.class)
                    .run());
        } else {
            SpringApplication application = new SpringApplication(BootProgram.class);
            if (end == End.NO_HOOK) {
                application.setRegisterShutdownHook(false);
            }
            ConfigurableApplicationContext context = application.run(args);
            if (end == End.BROKEN_BOOT_HANDLER) {
                SpringApplication.getShutdownHandlers().add(BootProgram::fail);
            }
            finish(context);
        }
    }

    private static void finish(ConfigurableApplicationContext context) throws Exception {
        kept = context;
        if (Boolean.getBoolean("close.last")) {
            LoggingShutdown.register();
        }
        registerHandlers();
        System.out.println("ending");
        switch (end) {
            case EXIT, NO_HOOK, NO_HOOK_BY_PROPERTY, BROKEN_BOOT_HANDLER -> System.exit(end.status);
            case EXIT_IN_THREAD -> new Thread(() -> System.exit(end.status), "exits").start();
            case SPRING_EXIT -> System.exit(SpringApplication.exit(context));
            case EXIT_IN_HANDLER -> AtExit.register("exits", () -> System.exit(9));
            case TERM, INT -> new CountDownLatch(1).await();
            default -> {}
        }
    }

    private static void fail() {
        throw new IllegalStateException("a shutdown handler of Spring Boot fails");
    }

    private static void registerHandlers() {
        AtExit.register("in a thread", BootProgram::logInThread);
        for (int i = HANDLERS; i > 0; i--) {
            int number = i;
            AtExit.register("handler " + number, () -> log(number));
        }
        AtExit.register("begin", BootProgram::begin);
    }

    private static void begin() throws InterruptedException {
        System.out.println("handlers begin");
        HANDLERS_BEGAN.countDown();
        if (race() == Race.HANDLERS_WAIT_FOR_BOOT) {
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().equals("SpringApplicationShutdownHook")) {
                    thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_S));
                }
            }
        }
    }

    private static void logInThread() throws InterruptedException {
        Thread thread = new Thread(() -> log(HANDLERS + 1));
        thread.start();
        thread.join();
    }

    private static void log(int handler) {
        for (int line = 1; line <= LINES; line++) {
            LOG.info("handler {} line {}", handler, line);
        }
    }

    private static Race race() {
        return Race.valueOf(System.getProperty("race", Race.NONE.name()));
    }

    @Bean
    Pool pool() {
        return new Pool();
    }

    /** Takes its time to be destroyed. */
    static final class Pool implements DisposableBean {
        Pool() {
            if (end == End.EXIT_IN_BEAN) {
                System.exit(end.status);
            }
            if (end == End.FAILED_START) {
                throw new IllegalStateException("this bean cannot be made");
            }
        }

        @Override
        public void destroy() throws InterruptedException {
            LOG.info("bean is being destroyed");
            if (end == End.EXIT_IN_DESTRUCTION) {
                System.exit(9);
            }
            if (race() == Race.BEAN_WAITS_FOR_HANDLERS) {
                boolean began = HANDLERS_BEGAN.await(PATIENCE_S, TimeUnit.SECONDS);
                System.out.println("handlers began before the beans were destroyed: " + began);
            } else {
                Thread.sleep(DESTRUCTION_MS);
            }
            LOG.info("bean is destroyed");
            AtExit.register("late", () -> LOG.info(BootRun.LATE));
        }
    }
}
