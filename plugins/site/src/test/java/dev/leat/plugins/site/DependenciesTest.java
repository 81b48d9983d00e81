package dev.leat.plugins.site;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The plugin is built as a user's would be: it sees the plugin API and its own libraries. */
@AnalyzeClasses(packages = "dev.leat.plugins.site", importOptions = ImportOption.DoNotIncludeTests.class)
class DependenciesTest {

    @ArchTest
    static final ArchRule SHOULD_SEE_ONLY_THE_PLUGIN_API_AND_ITS_LIBRARIES = classes().should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "jakarta.validation..", "org.jspecify.annotations", "dev.leat.plugin",
                    "dev.leat.plugins.site..", "org.commonmark..", "com.samskivert.mustache", "org.snakeyaml.engine..");

    @ArchTest
    static final ArchRule SHOULD_MAKE_CONTENT_WITHOUT_KNOWING_WHERE_IT_GOES = noClasses().that()
            .resideInAPackage("dev.leat.plugins.site.content..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.leat.plugins.site.output..", "dev.leat.plugins.site");
}
