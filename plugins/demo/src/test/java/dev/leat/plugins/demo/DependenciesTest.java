package dev.leat.plugins.demo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The plugin is built as a user's would be: it sees the plugin API alone. */
@AnalyzeClasses(packages = "dev.leat.plugins.demo", importOptions = ImportOption.DoNotIncludeTests.class)
class DependenciesTest {

    @ArchTest
    static final ArchRule SHOULD_SEE_ONLY_THE_PLUGIN_API = classes().should().onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "javax.net..", "jakarta.validation..", "org.jspecify.annotations",
                    "dev.leat.plugin",
                    "dev.leat.plugins.demo..");
}
