package dev.leat.embedded;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

@AnalyzeClasses(packages = "dev.leat")
class KafkaInternalsTest {

    private static final String[] PUBLIC_KAFKA = {"org.apache.kafka.clients..", "org.apache.kafka.common.."};

    @ArchTest
    static final ArchRule shouldConfineKafkaInternalsToTheEmbeddedBroker = noClasses()
            .that(not(describe("are part of EmbeddedBroker", KafkaInternalsTest::isEmbeddedBroker)))
            .should().dependOnClassesThat(resideInAPackage("kafka..")
                    .or(resideInAPackage("org.apache.kafka..").and(not(resideInAnyPackage(PUBLIC_KAFKA)))));

    /** Or the rule above would watch nothing. */
    @ArchTest
    static final ArchRule shouldSeeThemInTheEmbeddedBroker = classes()
            .that().areAssignableTo(EmbeddedBroker.class)
            .should().dependOnClassesThat(resideInAPackage("kafka.server.."))
            .andShould().dependOnClassesThat(resideInAPackage("org.apache.kafka.metadata.."));

    private static boolean isEmbeddedBroker(JavaClass type) {
        return type.isEquivalentTo(EmbeddedBroker.class)
                || type.getEnclosingClass().filter(outer -> outer.isEquivalentTo(EmbeddedBroker.class)).isPresent();
    }
}
