package dev.leat.plugins.learn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The plugin is built as a user's would be: it sees the plugin API, and the library that it brings. */
@AnalyzeClasses(packages = "dev.leat.plugins.learn", importOptions = ImportOption.DoNotIncludeTests.class)
class DependenciesTest {

    @ArchTest
    static final ArchRule SHOULD_SEE_ONLY_THE_PLUGIN_API_AND_ITS_LIBRARY = classes().should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "jakarta.validation..", "org.jspecify.annotations", "org.hipparchus..",
                    "dev.leat.plugin", "dev.leat.plugins.learn..");
}
