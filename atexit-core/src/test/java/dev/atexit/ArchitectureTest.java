package dev.atexit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** Holds the code to its structure. */
@AnalyzeClasses(packages = "dev.atexit", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
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
