package io.parley.gateway;

import io.parley.protocol.Command;
import io.parley.protocol.Question;
import io.parley.session.Session;

/**
 * Gives each command of a client to its session: messages to be sent, questions, and what concerns the session.
 *
 * @param loggedOut runs when everything of the session is settled after the client has logged out
 */
record CommandIntake(Session session, Runnable loggedOut) implements Command.Handler {

    @Override
    public void verify(Command.Verify command) {
        session.verify(command);
    }

    @Override
    public void single(Command.Single command) {
        session.send(command);
    }

    @Override
    public void group(Command.Group command) {
        session.send(command);
    }

    @Override
    public void broadcast(Command.Broadcast command) {
        session.send(command);
    }

    @Override
    public void logout(Command.Logout command) {
        session.logout(loggedOut);
    }

    @Override
    public void ping(Command.Ping command) {
        session.ping(command);
    }

    @Override
    public void ack(Command.Ack command) {
        session.ack(command);
    }

    @Override
    public void join(Question.Join command) {
        session.ask(command);
    }

    @Override
    public void leave(Question.Leave command) {
        session.ask(command);
    }

    @Override
    public void say(Command.Say command) {
        session.send(command);
    }

    @Override
    public void look(Question.Look command) {
        session.ask(command);
    }

    @Override
    public void online(Question.Online command) {
        session.ask(command);
    }

    @Override
    public void groupCreate(Question.GroupCreate command) {
        session.ask(command);
    }

    @Override
    public void groupChange(Question.GroupChange command) {
        session.ask(command);
    }

    @Override
    public void groupList(Question.GroupList command) {
        session.ask(command);
    }
}
