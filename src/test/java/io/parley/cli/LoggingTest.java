package io.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.internal.logging.LoggerFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The node's own logback.xml, which the tests' logging hides. */
class LoggingTest {

    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void configure() throws Exception {
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Path.of("src/main/resources/logback.xml").toFile());
    }

    @AfterEach
    void stop() {
        context.stop();
        System.clearProperty("parley.log.level");
    }

    private String line(String message, Throwable failure, Object... arguments) {
        Logger logger = context.getLogger("io.parley.gateway.Listener");
        ConsoleAppender<ILoggingEvent> console =
                (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("console");
        LoggingEvent event = new LoggingEvent("", logger, Level.INFO, message, failure, arguments);
        return new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void anEventIsOneLineOfKeysAndValues() {
        assertThat(line("listener opened codec={} port={}", null, "json", 7443))
                .matches("time=\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) level=INFO "
                        + "logger=Listener thread=\\S+ listener opened codec=json port=7443\\R");
    }

    @Test
    void neitherAStackTraceNorAHostileValueBreaksALine() {
        Exception failure = new IllegalStateException("two\nlines", new RuntimeException("cause"));
        assertThat(line("refused uid={}", failure, "a\r\n\u001b[2Jlevel=ERROR forged"))
                .containsOnlyOnce("\n")
                .doesNotContain("\u001b")
                .endsWith("\n")
                .contains("IllegalStateException", "Caused by", "LoggingTest.java");
    }

    @Test
    void oursAreHeardFromInfoAndLibrariesFromWarn() {
        assertThat(context.getLogger("io.parley.Node").getEffectiveLevel()).isEqualTo(Level.INFO);
        assertThat(context.getLogger("io.vertx.core").getEffectiveLevel()).isEqualTo(Level.WARN);
        assertThat(context.getTurboFilterList())
                .hasOnlyElementsOfType(LogDamper.class)
                .hasSize(1);
    }

    @Test
    void aPropertySetsTheLevelOfOurs() throws Exception {
        System.setProperty("parley.log.level", "debug");
        context.reset();
        configure();
        assertThat(context.getLogger("io.parley.Node").getEffectiveLevel()).isEqualTo(Level.DEBUG);
    }

    /** Without a delegate being named: Vert.x 5 finds SLF4J by itself. */
    @Test
    void vertxLogsThroughTheSameLog() {
        Logger logback = (Logger) org.slf4j.LoggerFactory.getLogger("io.vertx.example");
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        heard.start();
        logback.addAppender(heard);
        logback.setAdditive(false);
        LoggerFactory.getLogger("io.vertx.example").warn("from Vert.x");
        assertThat(heard.list).extracting(ILoggingEvent::getMessage).containsExactly("from Vert.x");
    }
}
