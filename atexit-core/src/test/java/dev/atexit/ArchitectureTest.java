package dev.atexit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessField;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.File;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.SecureDirectoryStream;
import java.util.List;
import java.util.concurrent.Executors;

/** Holds the code to its structure. */
@AnalyzeClasses(packages = "dev.atexit", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final ArchCondition<JavaClass> ACCESS_STANDARD_STREAMS =
            accessField(System.class, "out").or(accessField(System.class, "err"));

    @ArchTest
    static final ArchRule packages_all_haveNoCycles =
            slices().assignedFrom(new ByPackage()).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule internal_all_knowsNothingOfThePublicVocabulary = noClasses()
            .that(resideInAPackage("dev.atexit.internal.."))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.atexit..").and(not(resideInAPackage("dev.atexit.internal.."))));

    @ArchTest
    static final ArchRule engine_all_isTheInnermostPackage = noClasses()
            .that(resideInAPackage("dev.atexit.internal.exit"))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.atexit.internal..")
                    .and(not(resideInAPackage("dev.atexit.internal.exit")))
                    .and(not(resideInAPackage("dev.atexit.internal.signal"))));

    @ArchTest
    static final ArchRule core_all_logsThroughNothing = noClasses()
            .that(not(resideInAPackage("dev.atexit.logging")).and(not(resideInAPackage("dev.atexit.internal.logging"))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging..");

    @ArchTest
    static final ArchRule core_all_printsThroughTheEngine =
            noClasses().that(not(resideInAPackage("dev.atexit.internal.exit"))).should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule trees_all_areDeletedInOnePlace = noClasses()
            .that(not(resideInAPackage("dev.atexit.internal.tree")))
            .should()
            .dependOnClassesThat()
            .areAssignableTo(SecureDirectoryStream.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(FileVisitor.class)
            .orShould()
            .callMethodWhere(calls(Files.class, "walk", "walkFileTree", "list"))
            .orShould()
            .callMethodWhere(calls(File.class, "delete", "deleteOnExit"));

    @ArchTest
    static final ArchRule directories_all_areReadByTheTreeDeleteAndTheSweepOnly = noClasses()
            .that(not(resideInAnyPackage("dev.atexit.internal.tree", "dev.atexit.internal.sweep")))
            .should()
            .callMethodWhere(calls(Files.class, "newDirectoryStream"));

    /**
     * A pid file, what stands beside a lock, the journal of somebody who has ended, and a report that could not be written
     * to its end are single files of ours with names that nobody else uses.
     */
    @ArchTest
    static final ArchRule files_all_areDeletedWhereItIsKnownWhoseTheyAre = noClasses()
            .that(not(resideInAnyPackage(
                            "dev.atexit.internal.tree", "dev.atexit.internal.lock", "dev.atexit.internal.journal"))
                    .and(not(simpleName("PidFile")))
                    .and(not(simpleName("JournalFiles")))
                    .and(not(simpleName("ReportFile"))))
            .should()
            .callMethodWhere(calls(Files.class, "delete", "deleteIfExists"));

    @ArchTest
    static final ArchRule processesAndSignals_all_areTheBusinessOfInternals = noClasses()
            .that(not(resideInAPackage("dev.atexit.internal..")))
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ProcessHandle.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("sun.misc..");

    @ArchTest
    static final ArchRule threads_all_areStartedByInternals = noClasses()
            .that(not(resideInAPackage("dev.atexit.internal..")))
            .should()
            .beAssignableTo(Thread.class)
            .orShould()
            .callConstructorWhere(target(owner(assignableTo(Thread.class))))
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Executors.class);

    private static DescribedPredicate<JavaMethodCall> calls(Class<?> type, String... methods) {
        List<String> names = List.of(methods);
        return DescribedPredicate.describe(
                type.getSimpleName() + "." + names,
                call -> call.getTargetOwner().isEquivalentTo(type) && names.contains(call.getName()));
    }

    private static final class ByPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
