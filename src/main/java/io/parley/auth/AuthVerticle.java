package io.parley.auth;

import com.github.benmanes.caffeine.cache.Ticker;
import io.parley.bus.Addresses;
import io.parley.bus.AskStore;
import io.parley.bus.Failures;
import io.parley.bus.LocalCodec;
import io.parley.bus.Login;
import io.parley.bus.Lookup;
import io.parley.config.AuthConfig;
import io.parley.config.MySqlConfig;
import io.parley.config.RedisConfig;
import io.parley.metrics.Metrics;
import io.parley.mysql.MySqlPool;
import io.parley.protocol.Entrance.Guests;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import io.parley.protocol.UserId;
import io.parley.redis.RedisLink;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Clock;

/**
 * Answers {@link Login}, {@link Lookup} and {@link AskStore} on this node; one instance.
 *
 * <p>Every request is answered: with what was asked for, or with a {@link Refusal} as the reply's body. Starting needs
 * MySQL, whose account table or query is tried; after that both stores may go and come back.
 */
public final class AuthVerticle extends VerticleBase {

    private static final DeliveryOptions REPLY =
            new DeliveryOptions().setCodecName(LocalCodec.NAME).setLocalOnly(true);

    private static final Refusal SILENT = new Refusal(ErrorCode.UNAVAILABLE, "MySQL does not answer");

    private final AuthConfig config;
    private final MySqlConfig mysql;
    private final RedisConfig redis;
    private final Metrics metrics;
    private final Clock clock = Clock.systemUTC();

    private MySqlPool pool;
    private RedisLink link;
    private HashPool hashes;
    private PasswordLogin passwords;
    private TokenLogin tokenLogin;
    private GuestLogin guests;
    private Lookups lookups;

    public AuthVerticle(AuthConfig config, MySqlConfig mysql, RedisConfig redis, Metrics metrics) {
        this.config = config;
        this.mysql = mysql;
        this.redis = redis;
        this.metrics = metrics;
    }

    @Override
    public Future<?> start() {
        pool = MySqlPool.open(vertx, mysql);
        link = RedisLink.open(vertx, redis);
        hashes = new HashPool(vertx, PasswordHash.of(config.hashFormat()), config.hashThreads(), config.hashQueue());
        metrics.passwordsWaiting(hashes::waiting);
        Accounts accounts = new Accounts(pool, config);
        lookups = new Lookups(accounts);
        return accounts.check()
                .compose(works -> Tokens.open(vertx, config.token(), clock))
                .compose(tokens -> listen(accounts, tokens))
                .recover(failure -> stop().transform(stopped -> Future.failedFuture(failure)));
    }

    private Future<Void> listen(Accounts accounts, Tokens tokens) {
        LoginThrottle throttle = new LoginThrottle(config, Ticker.systemTicker());
        passwords = new PasswordLogin(throttle, accounts, hashes, tokens, clock);
        guests = new GuestLogin(throttle, accounts, clock);
        tokenLogin = new TokenLogin(
                tokens, new TokenCutoffs(link, clock, config.token().ttl()));
        return vertx.eventBus().localConsumer(Addresses.AUTH, this::answer).completion();
    }

    @Override
    public Future<Void> stop() {
        hashes.close();
        return Future.join(pool.close(), link.close()).mapEmpty();
    }

    /** The one guard of this verticle: whatever goes wrong, the asker gets an answer. */
    private void answer(Message<Object> message) {
        Future.succeededFuture(message.body())
                .compose(this::ask)
                .onSuccess(result -> message.reply(result, REPLY))
                .onFailure(failure -> message.reply(Failures.refusal(failure), REPLY));
    }

    private Future<?> ask(Object request) {
        if (request instanceof Login login) {
            return login(login);
        }
        if (request instanceof Lookup lookup) {
            return lookups.find(lookup.userId());
        }
        if (request instanceof AskStore store) {
            return answers(store).map(store);
        }
        return Future.failedFuture(new IllegalArgumentException(
                "auth does not know " + request.getClass().getSimpleName()));
    }

    private Future<?> answers(AskStore store) {
        return switch (store) {
            case MYSQL -> pool.answers().recover(failure -> Future.failedFuture(SILENT));
            case REDIS -> link.send(Request.cmd(Command.PING));
        };
    }

    private Future<?> login(Login login) {
        if (login.token() != null) {
            return tokenLogin.login(login);
        }
        if (!UserId.isValid(login.userId())) {
            return Future.failedFuture(new Refusal(ErrorCode.BAD_CONTENT, "user_id " + UserId.RULE));
        }
        if (login.password() != null) {
            return passwords.login(login);
        }
        return login.entrance().guests() == Guests.NONE
                ? Future.failedFuture(new Refusal(ErrorCode.BAD_CONTENT, "password or token is missing"))
                : guests.login(login);
    }
}
