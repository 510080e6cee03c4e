package io.parley.codec.text;

import io.parley.codec.Decoder;
import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;

/** Reads the commands of one client. What it can answer without the session, like {@code help}, it answers. */
final class TextDecoder implements Decoder {

    private final int maxTextBytes;
    private final Sentences sentences;
    private final Clock clock;
    private final Sink sink;
    private final Talk talk = new Talk();
    private final TextCommands commands;
    private final TextFrames frames;

    TextDecoder(int maxTextBytes, Sentences sentences, Clock clock, Sink sink) {
        this.maxTextBytes = maxTextBytes;
        this.sentences = sentences;
        this.clock = clock;
        this.sink = sink;
        this.commands = new TextCommands(sentences);
        this.frames = new TextFrames(this::text);
    }

    /** What the encoder of the same connection has to know. */
    Talk talk() {
        return talk;
    }

    @Override
    public void feed(Buffer bytes) {
        frames.feed(bytes);
    }

    @Override
    public void pause() {
        frames.pause();
    }

    @Override
    public void resume() {
        frames.resume();
    }

    @Override
    public boolean acknowledges() {
        return false;
    }

    private void text(Buffer utf8) {
        String typed = utf8.length() > maxTextBytes ? null : Utf8.read(utf8);
        if (utf8.length() > maxTextBytes) {
            refuse(new Refusal(ErrorCode.FRAME_TOO_LARGE, sentences.text("too_long", maxTextBytes)));
        } else if (typed == null) {
            refuse(new Refusal(ErrorCode.BAD_CONTENT, sentences.text("not_utf8")));
        } else if (!typed.isBlank()) {
            words(Words.of(withoutEnd(typed)));
        }
    }

    /** Whoever types into a client may send the end of the line, too. */
    private static String withoutEnd(String typed) {
        int end = typed.length();
        while (typed.charAt(end - 1) == '\n' || typed.charAt(end - 1) == '\r') {
            end--;
        }
        return typed.substring(0, end);
    }

    /** The sink is called outside of the try: what it throws is its caller's, not the client's fault. */
    private void words(Words typed) {
        if (typed.command().equals("help") || typed.command().equals("?")) {
            sink.answered(TextFrames.of(sentences.text("text.help")));
            return;
        }
        Command command;
        try {
            command = commands.read(typed);
        } catch (Refusal refusal) {
            refuse(refusal);
            return;
        }
        if (command instanceof Command.Logout && !talk.isVerified()) {
            refuse(new Refusal(ErrorCode.NOT_VERIFIED, sentences.text("refused.not_verified")));
            return;
        }
        if (command instanceof Command.Send send) {
            talk.sent(send, clock.millis());
        }
        sink.command(command, command.id());
    }

    private void refuse(Refusal refusal) {
        sink.refused(refusal, 0, null);
    }
}
