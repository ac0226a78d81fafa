package dev.atexit.benchmarks.process;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.support.GenericApplicationContext;

/** A Spring context with its shutdown hook, and one disposable bean for each handler. */
public final class SpringMain implements DisposableBean {
    private SpringMain() {}

    @Override
    public void destroy() {}

    /** Registers, then ends. */
    public static void main(String[] args) throws InterruptedException {
        int handlers = Ending.handlers(args);
        GenericApplicationContext context = new GenericApplicationContext();
        context.registerShutdownHook();
        context.refresh();
        for (int i = 0; i < handlers; i++) {
            context.getDefaultListableBeanFactory().registerDisposableBean("handler-" + i, new SpringMain());
        }
        Ending.await(args);
    }
}
