package dev.leat.e2e;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;

/**
 * What one module may see.
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
            of("runtime", "dev.leat.runtime", "dev.leat.domain", "dev.leat.schemas"),
            of("worker", "dev.leat.worker", "dev.leat.domain", "dev.leat.schemas", "dev.leat.runtime",
                    "dev.leat.plugin"),
            of("submit-api", "dev.leat.submit", "dev.leat.domain", "dev.leat.schemas", "dev.leat.runtime"),
            of("status-projector", "dev.leat.projector", "dev.leat.domain", "dev.leat.schemas", "dev.leat.runtime"),
            of("plugins/demo", "dev.leat.plugins.demo", "dev.leat.plugin"),
            of("embedded", "dev.leat.embedded"),
            of("testkit", "dev.leat.testkit", "dev.leat.domain", "dev.leat.schemas", "dev.leat.plugin",
                    "dev.leat.embedded"),
            of("simulation", "dev.leat.simulation", "dev.leat.domain", "dev.leat.schemas", "dev.leat.worker",
                    "dev.leat.testkit"),
            of("launcher", "dev.leat.launcher", "dev.leat"));

    private static ModuleRule of(String folder, String root, String... sees) {
        return new ModuleRule(folder, root, List.of(sees), List.of());
    }

    /** No class of the module depends on Leat's other modules, or on foreign packages where these are restricted. */
    ArchRule seesOnlyWhatItMay() {
        return noClasses().that(resideInAPackage(root + ".."))
                .should()
                .dependOnClassesThat(forbidden())
                .as(folder + " sees only " + sees + (foreign.isEmpty() ? "" : ", the JDK and " + foreign));
    }

    private DescribedPredicate<JavaClass> forbidden() {
        String[] allowed = Stream.concat(Stream.of(root), sees.stream()).map(name -> name + "..")
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> ofLeat = resideInAPackage("dev.leat..").and(resideOutsideOfPackages(allowed));
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

    /** Kafka's broker classes are no public API: only the embedded broker hangs on them. */
    static ArchRule brokerClassesStayInEmbedded() {
        return noClasses().that(resideOutsideOfPackages("dev.leat.embedded.."))
                .should()
                .dependOnClassesThat(resideInAPackage("kafka..")
                        .or(resideInAPackage("org.apache.kafka..")
                                .and(DescribedPredicate.not(resideInAnyPackage(KAFKA_API)))));
    }
}
