package dev.atexit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atexit.support.Stderr;
import dev.atexit.testkit.AtExitControl;
import dev.atexit.testkit.FreshAtExit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@FreshAtExit
class AnnotatedMethodsTest {
    private static final List<String> CALLS = Collections.synchronizedList(new ArrayList<>());

    @RegisterExtension
    final Stderr err = new Stderr();

    @BeforeEach
    void forgetCalls() {
        CALLS.clear();
    }

    static final class App {
        private App() {}

        @OnExit(order = 3)
        public static void third() {
            CALLS.add("third");
        }

        @OnExit(order = 1)
        private static void first() {
            CALLS.add("first");
        }

        @OnExit(order = 2, name = "the second")
        static void second() throws IOException {
            CALLS.add("second");
            throw new IOException("checked");
        }

        static void unmarked() {
            CALLS.add("never");
        }
    }

    @Test
    void class_staticMethods_runInAscendingOrderUnderTheirNames(AtExitControl control) {
        AtExit.register(() -> CALLS.add("registered before"));
        List<Registration> handles = AtExit.registerAnnotated(App.class);
        assertThat(handles).hasSize(3);
        assertThat(control.pending().subList(0, 3)).containsExactly("App.first", "the second", "App.third");
        control.exit();
        assertThat(CALLS).containsExactly("first", "second", "third", "registered before");
        assertThat(err.lines()).containsExactly("[atexit] handler 'the second' failed: java.io.IOException: checked");
    }

    @Test
    void handles_oneUnregistered_theOthersRun(AtExitControl control) {
        AtExit.registerAnnotated(App.class).get(1).unregister();
        control.exit();
        assertThat(CALLS).containsExactly("first", "third");
    }

    @Test
    void class_handedOverAsAnObject_isTakenForAClass(AtExitControl control) {
        Object type = App.class;
        assertThat(AtExit.registerAnnotated(type)).hasSize(3);
        control.exit();
        assertThat(CALLS).containsExactly("first", "second", "third");
    }

    static class Base {
        @OnExit(order = 1)
        private void base() {
            CALLS.add("base");
        }

        @OnExit(order = 2)
        protected void overridden() {
            CALLS.add("never");
        }

        @OnExit(order = 3)
        void overriddenAndMarked() {
            CALLS.add("never");
        }

        @OnExit(order = 4)
        static void ofTheClass() {
            CALLS.add("static of the base");
        }
    }

    static class Derived extends Base {
        @OnExit(order = 6)
        private void base() {
            CALLS.add("derived");
        }

        @Override
        protected void overridden() {
            CALLS.add("never");
        }

        @Override
        @OnExit(order = 5)
        void overriddenAndMarked() {
            CALLS.add("overriding");
        }
    }

    @Test
    void object_methodsOfItsClassAndItsSuperclasses_theOverridingOneDecides(AtExitControl control) {
        AtExit.registerAnnotated(new Derived());
        control.exit();
        assertThat(CALLS).containsExactly("base", "static of the base", "overriding", "derived");
    }

    @Test
    void class_methodsOfASuperclass_areNotLookedAt() {
        assertThatThrownBy(() -> AtExit.registerAnnotated(Derived.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Derived.")
                .hasMessageNotContaining("ofTheClass");
        assertThat(AtExit.count()).isZero();
    }

    static final class Single {
        private final String name;

        Single(String name) {
            this.name = name;
        }

        @OnExit
        void only() {
            CALLS.add(name);
        }
    }

    @Test
    void object_oneMethodWithoutAnOrder_isEnoughForEachObject(AtExitControl control) {
        AtExit.registerAnnotated(new Single("a"));
        AtExit.registerAnnotated(new Single("b"));
        control.exit();
        assertThat(CALLS).containsExactly("b", "a");
    }

    private static void refused(Object classOrObject, String message) {
        assertThatThrownBy(() -> AtExit.registerAnnotated(classOrObject))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThat(AtExit.count()).isZero();
    }

    private static String name(Class<?> type, String method) {
        return type.getName() + "." + method;
    }

    static final class Unmarked {}

    static final class Parameter {
        @OnExit
        static void takes(String what) {
            CALLS.add(what);
        }
    }

    static final class Returns {
        @OnExit
        static boolean tells() {
            return true;
        }
    }

    static final class SameOrder {
        @OnExit(order = 7)
        static void one() {}

        @OnExit(order = 7)
        static void other() {}
    }

    static final class NoOrder {
        @OnExit
        void one() {}

        @OnExit
        void other() {}
    }

    @Test
    void class_nothingMarked_isRefused() {
        refused(Unmarked.class, Unmarked.class.getName() + " has no method marked with @OnExit");
        refused(new Unmarked(), Unmarked.class.getName() + " has no method marked with @OnExit");
    }

    @Test
    void method_badSignature_isRefusedByName() {
        String rest = " must have no parameters and return void, so that it can be called at exit";
        refused(Parameter.class, "@OnExit method " + name(Parameter.class, "takes") + rest);
        refused(Returns.class, "@OnExit method " + name(Returns.class, "tells") + rest);
    }

    @Test
    void method_ofAnInstanceWhereTheClassIsGiven_isRefusedByName() {
        refused(
                Single.class,
                "@OnExit method " + name(Single.class, "only")
                        + " is not static: register an object of the class, not the class");
    }

    @Test
    void methods_withTheSameOrderOrNone_areRefusedByTheirNames() {
        for (Object type : new Object[] {SameOrder.class, new NoOrder()}) {
            Class<?> named = type instanceof Class<?> given ? given : type.getClass();
            assertThatThrownBy(() -> AtExit.registerAnnotated(type))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name(named, "one"))
                    .hasMessageContaining(name(named, "other"))
                    .hasMessageEndingWith("need different orders: which of them is to run first?");
        }
        assertThat(AtExit.count()).isZero();
    }

    @Test
    void method_ofAnAnonymousClass_hasANameThatHelps(AtExitControl control) {
        Object anonymous = new Object() {
            @OnExit
            void clean() {}
        };
        AtExit.registerAnnotated(anonymous);
        assertThat(control.pending()).containsExactly("AnnotatedMethodsTest$1.clean");
        AtExit.clear();
    }

    static final class Throws {
        @OnExit
        static void fails() {
            throw new StackOverflowError("error");
        }
    }

    @Test
    void method_throwsAnError_isReportedUnwrapped(AtExitControl control) {
        AtExit.registerAnnotated(Throws.class);
        assertThat(control.exit().entries().get(0).error()).containsInstanceOf(StackOverflowError.class);
    }

    @Test
    void class_afterTheExit_isRefusedAsAWhole(AtExitControl control) {
        control.exit();
        assertThatThrownBy(() -> AtExit.registerAnnotated(App.class)).isInstanceOf(IllegalStateException.class);
        assertThat(AtExit.count()).isZero();
    }
}
