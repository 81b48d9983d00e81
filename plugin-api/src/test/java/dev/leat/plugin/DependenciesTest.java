package dev.leat.plugin;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A plugin's class path is its own: whatever this module needed, every plugin would have to live with. */
@AnalyzeClasses(packages = "dev.leat.plugin", importOptions = ImportOption.DoNotIncludeTests.class)
class DependenciesTest {

    @ArchTest
    static final ArchRule SHOULD_SEE_ONLY_THE_JDK_AND_VALIDATION_ANNOTATIONS = classes().should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "jakarta.validation..", "org.jspecify.annotations", "dev.leat.plugin");
}
