package dev.atexit;

import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds and checks the methods that are marked with {@link OnExit}, and registers them. */
final class AnnotatedMethods {
    private AnnotatedMethods() {}

    static List<Registration> register(Class<?> type, @Nullable Object object) {
        List<Method> methods = object == null ? marked(type) : markedInHierarchy(type);
        if (methods.isEmpty()) {
            throw new IllegalArgumentException(type.getName() + " has no method marked with @OnExit");
        }
        for (Method method : methods) {
            check(method, object);
        }
        methods.sort(new ByOrder());
        checkOrders(methods);
        return push(methods, object);
    }

    private static List<Method> marked(Class<?> type) {
        List<Method> methods = new ArrayList<>();
        for (Method method : type.getDeclaredMethods()) {
            if (method.isAnnotationPresent(OnExit.class) && !method.isBridge()) {
                methods.add(method);
            }
        }
        return methods;
    }

    private static List<Method> markedInHierarchy(Class<?> type) {
        List<Method> methods = new ArrayList<>();
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            for (Method method : marked(at)) {
                if (!overridden(method, type)) {
                    methods.add(method);
                }
            }
        }
        return methods;
    }

    /** Whether a call of the method would end in a subclass's method, which decides for itself whether it is marked. */
    private static boolean overridden(Method method, Class<?> type) {
        int modifiers = method.getModifiers();
        if (Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers)) {
            return false;
        }
        for (Class<?> at = type; at != method.getDeclaringClass(); at = at.getSuperclass()) {
            for (Method other : at.getDeclaredMethods()) {
                if (other.getName().equals(method.getName())
                        && other.getParameterCount() == 0
                        && !Modifier.isPrivate(other.getModifiers())
                        && visibleFrom(method, at)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean visibleFrom(Method method, Class<?> subclass) {
        return (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0
                || method.getDeclaringClass().getPackage() == subclass.getPackage();
    }

    private static void check(Method method, @Nullable Object object) {
        if (method.getParameterCount() != 0 || method.getReturnType() != void.class) {
            throw new IllegalArgumentException("@OnExit method " + describe(method)
                    + " must have no parameters and return void, so that it can be called at exit");
        }
        if (object == null && !Modifier.isStatic(method.getModifiers())) {
            throw new IllegalArgumentException("@OnExit method " + describe(method)
                    + " is not static: register an object of the class, not the class");
        }
        try {
            method.setAccessible(true);
        } catch (InaccessibleObjectException closed) {
            throw new IllegalArgumentException(
                    "@OnExit method " + describe(method) + " cannot be reached: let its module open the package "
                            + method.getDeclaringClass().getPackageName() + " to dev.atexit",
                    closed);
        }
    }

    private static void checkOrders(List<Method> sorted) {
        for (int i = 1; i < sorted.size(); i++) {
            Method one = sorted.get(i - 1);
            Method other = sorted.get(i);
            if (order(one) == order(other)) {
                throw new IllegalArgumentException("@OnExit methods " + describe(one) + " and " + describe(other)
                        + " need different orders: which of them is to run first?");
            }
        }
    }

    private static List<Registration> push(List<Method> sorted, @Nullable Object object) {
        List<Registration> done = new ArrayList<>();
        try {
            for (int i = sorted.size() - 1; i >= 0; i--) {
                Method method = sorted.get(i);
                done.add(AtExit.register(name(method), new Call(method, object)));
            }
        } catch (IllegalStateException tooLate) {
            for (Registration registration : done) {
                registration.unregister();
            }
            throw tooLate;
        }
        Collections.reverse(done);
        return Collections.unmodifiableList(done);
    }

    private static int order(Method method) {
        return method.getAnnotation(OnExit.class).order();
    }

    private static String name(Method method) {
        String given = method.getAnnotation(OnExit.class).name();
        return given.isBlank() ? simpleName(method.getDeclaringClass()) + "." + method.getName() : given;
    }

    /** An anonymous class has no simple name; then it is called as its file is. */
    private static String simpleName(Class<?> type) {
        String simple = type.getSimpleName();
        return simple.isEmpty() ? type.getName().substring(type.getName().lastIndexOf('.') + 1) : simple;
    }

    private static String describe(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }

    private static final class ByOrder implements Comparator<Method> {
        @Override
        public int compare(Method one, Method other) {
            return Integer.compare(order(one), order(other));
        }
    }

    private static final class Call implements ExitHandler {
        private final Method method;
        private final @Nullable Object object;

        Call(Method method, @Nullable Object object) {
            this.method = method;
            this.object = object;
        }

        @Override
        public void run() throws Exception {
            try {
                method.invoke(object);
            } catch (InvocationTargetException wrapped) {
                Throwable thrown = wrapped.getCause();
                if (thrown instanceof Error error) {
                    throw error;
                }
                throw thrown instanceof Exception exception ? exception : wrapped;
            }
        }
    }
}
