package dev.leat.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.NodeList;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

import dev.leat.domain.planted.DomainThatSeesKafka;
import dev.leat.domain.planted.DomainThatSeesSchemas;
import dev.leat.plugin.test.planted.PluginTestThatSeesTheWorker;
import dev.leat.worker.planted.WorkerThatSeesTooMuch;

/** The rules between Leat's modules, checked over the classes of all of them. */
class ArchitectureTest {

    private static final List<String> MODULES_WITHOUT_RULES = List.of("e2e", "benchmarks");

    private static final JavaClasses LEAT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.leat");

    @TestFactory
    Stream<DynamicTest> shouldLetEachModuleSeeOnlyWhatItMay() {
        return ModuleRule.ALL.stream()
                .filter(module -> modulesOfTheBuild().contains(module.folder()))
                .map(module -> dynamicTest(module.folder(), () -> module.seesOnlyWhatItMay().check(LEAT)));
    }

    @TestFactory
    Stream<DynamicTest> shouldHaveARuleAndTheClassesOfEveryModule() {
        return modulesOfTheBuild().stream()
                .filter(folder -> !MODULES_WITHOUT_RULES.contains(folder))
                .map(folder -> dynamicTest(folder, () -> {
                    assertThat(ModuleRule.ALL).as("rules").extracting(ModuleRule::folder).contains(folder);
                    assertThat(LEAT).as("classes of %s: is it a dependency in e2e/pom.xml?", folder)
                            .anyMatch(rule(folder)::has);
                }));
    }

    @Test
    void shouldKeepAvroTypesInSchemas() {
        ModuleRule.avroTypesStayInSchemas().check(LEAT);
    }

    @Test
    void shouldKeepTheSerdeToItself() {
        ModuleRule.serdeStandsAlone().check(LEAT);
    }

    @Test
    void shouldLetTestsOfPluginsRunWithoutServices() {
        ModuleRule.testsOfPluginsNeedNoServices().check(LEAT);
    }

    @Test
    void shouldKeepBrokerClassesInEmbedded() {
        ModuleRule.brokerClassesStayInEmbedded().check(LEAT);
    }

    @Test
    void shouldNoticeBrokenRules() {
        assertBroken(rule("domain").seesOnlyWhatItMay(), DomainThatSeesSchemas.class);
        assertBroken(rule("domain").seesOnlyWhatItMay(), DomainThatSeesKafka.class);
        assertBroken(rule("worker").seesOnlyWhatItMay(), WorkerThatSeesTooMuch.class);
        assertBroken(rule("plugin-test").seesOnlyWhatItMay(), PluginTestThatSeesTheWorker.class);
        assertBroken(ModuleRule.testsOfPluginsNeedNoServices(), PluginTestThatSeesTheWorker.class);
        assertBroken(ModuleRule.avroTypesStayInSchemas(), WorkerThatSeesTooMuch.class);
        assertBroken(ModuleRule.brokerClassesStayInEmbedded(), WorkerThatSeesTooMuch.class);
    }

    private static ModuleRule rule(String folder) {
        return ModuleRule.ALL.stream()
                .filter(module -> module.folder().equals(folder))
                .findFirst()
                .orElseThrow();
    }

    private static void assertBroken(ArchRule rule, Class<?> culprit) {
        assertThat(rule.evaluate(new ClassFileImporter().importClasses(culprit)).hasViolation())
                .as("%s notices %s", rule.getDescription(), culprit.getSimpleName())
                .isTrue();
    }

    private static List<String> modulesOfTheBuild() {
        try {
            NodeList modules = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(Path.of("..", "pom.xml").toFile())
                    .getElementsByTagName("module");
            return IntStream.range(0, modules.getLength()).mapToObj(i -> modules.item(i).getTextContent()).toList();
        } catch (Exception e) {
            throw new IllegalStateException("Expected the root pom in the folder above, but " + e.getMessage(), e);
        }
    }
}
