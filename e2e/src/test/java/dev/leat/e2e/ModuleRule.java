package dev.leat.e2e;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;

/**
 * What one module may see.
 *
 * <p>A class is of the module with the longest root package that it lies in: {@code dev.leat.plugin.test} is not a part of
 * {@code dev.leat.plugin}, and whoever may see the one may not see the other for that.
 *
 * @param folder where it lives, as the root pom names it
 * @param root its root package
 * @param sees the root packages of the modules that it may see
 * @param foreign the packages outside Leat and the JDK that it may see; empty where that is not restricted
 */
record ModuleRule(String folder, String root, List<String> sees, List<String> foreign) {

    private static final String[] KAFKA_API = {"org.apache.kafka.clients..", "org.apache.kafka.common..",
            "org.apache.kafka.streams.."};

    static final List<ModuleRule> ALL = List.of(
            new ModuleRule("domain", "dev.leat.domain", List.of(), List.of("org.jspecify..")),
            new ModuleRule("plugin-api", "dev.leat.plugin", List.of(),
                    List.of("org.jspecify..", "jakarta.validation..")),
            of("schemas", "dev.leat.schemas", "dev.leat.domain"),
            of("json", "dev.leat.runtime.json", "dev.leat.domain"),
            of("plugin-host", "dev.leat.worker.plugin", "dev.leat.domain", "dev.leat.runtime.json",
                    "dev.leat.plugin"),
            of("plugin-test", "dev.leat.plugin.test", "dev.leat.domain", "dev.leat.runtime.json",
                    "dev.leat.worker.plugin", "dev.leat.plugin"),
            of("runtime", "dev.leat.runtime", "dev.leat.domain", "dev.leat.schemas", "dev.leat.runtime.json"),
            of("worker", "dev.leat.worker", "dev.leat.domain", "dev.leat.schemas", "dev.leat.runtime",
                    "dev.leat.runtime.json", "dev.leat.plugin", "dev.leat.worker.plugin"),
            of("submit-api", "dev.leat.submit", "dev.leat.domain", "dev.leat.schemas", "dev.leat.runtime",
                    "dev.leat.runtime.json"),
            of("status-projector", "dev.leat.projector", "dev.leat.domain", "dev.leat.schemas", "dev.leat.runtime",
                    "dev.leat.runtime.json"),
            of("plugins/demo", "dev.leat.plugins.demo", "dev.leat.plugin"),
            of("plugins/site", "dev.leat.plugins.site", "dev.leat.plugin"),
            of("plugins/exec", "dev.leat.plugins.exec", "dev.leat.plugin"),
            of("plugins/learn", "dev.leat.plugins.learn", "dev.leat.plugin"),
            of("embedded", "dev.leat.embedded"),
            of("cli", "dev.leat.cli"),
            of("testkit", "dev.leat.testkit", "dev.leat.domain", "dev.leat.schemas", "dev.leat.plugin",
                    "dev.leat.embedded"),
            of("simulation", "dev.leat.simulation", "dev.leat.domain", "dev.leat.schemas", "dev.leat.worker",
                    "dev.leat.testkit"),
            of("launcher", "dev.leat.launcher", "dev.leat.cli", "dev.leat.embedded", "dev.leat.runtime",
                    "dev.leat.submit",
                    "dev.leat.worker", "dev.leat.projector", "dev.leat.plugin"));

    private static ModuleRule of(String folder, String root, String... sees) {
        return new ModuleRule(folder, root, List.of(sees), List.of());
    }

    /** No class of the module depends on Leat's other modules, or on foreign packages where these are restricted. */
    ArchRule seesOnlyWhatItMay() {
        return noClasses().that(DescribedPredicate.describe("are of " + folder, this::has))
                .should()
                .dependOnClassesThat(forbidden())
                .as(folder + " sees only " + sees + (foreign.isEmpty() ? "" : ", the JDK and " + foreign));
    }

    /** Whether the class is of this module. */
    boolean has(JavaClass type) {
        return moduleOf(type).filter(module -> module.root().equals(root)).isPresent();
    }

    private static Optional<ModuleRule> moduleOf(JavaClass type) {
        return ALL.stream()
                .filter(module -> (type.getPackageName() + ".").startsWith(module.root() + "."))
                .max(Comparator.comparingInt(module -> module.root().length()));
    }

    private DescribedPredicate<JavaClass> forbidden() {
        DescribedPredicate<JavaClass> ofLeat = resideInAPackage("dev.leat..").and(DescribedPredicate.describe(
                "are of another module",
                type -> moduleOf(type).filter(module -> has(type) || sees.contains(module.root())).isEmpty()));
        if (foreign.isEmpty()) {
            return ofLeat;
        }
        String[] outside = Stream.concat(Stream.of("dev.leat..", "java.."), foreign.stream()).toArray(String[]::new);
        return ofLeat.or(resideOutsideOfPackages(outside));
    }

    /** Generated Avro types are the form of the bytes, and change with it: nobody else works with them. */
    static ArchRule avroTypesStayInSchemas() {
        return noClasses().that(resideOutsideOfPackages("dev.leat.schemas.."))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.leat.schemas.avro.."));
    }

    /** The serde is chosen by class name, like Confluent's, and works for any Avro record. */
    static ArchRule serdeStandsAlone() {
        return noClasses().that(resideInAPackage("dev.leat.schemas.serde.."))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.leat..")
                        .and(resideOutsideOfPackages("dev.leat.schemas.serde..")));
    }

    /** A test of a plugin needs neither Kafka nor an HTTP server, so nothing that it runs on may either. */
    static ArchRule testsOfPluginsNeedNoServices() {
        return noClasses().that(resideInAnyPackage("dev.leat.plugin..", "dev.leat.runtime.json..",
                "dev.leat.worker.plugin..", "dev.leat.domain.."))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("org.apache..", "io.micronaut..", "io.netty..", "jakarta.inject.."));
    }

    /** Kafka's broker classes are no public API: only the embedded broker hangs on them. */
    static ArchRule brokerClassesStayInEmbedded() {
        return noClasses().that(resideOutsideOfPackages("dev.leat.embedded.."))
                .should()
                .dependOnClassesThat(resideInAPackage("kafka..")
                        .or(resideInAPackage("org.apache.kafka..")
                                .and(DescribedPredicate.not(resideInAnyPackage(KAFKA_API)))));
    }
}
