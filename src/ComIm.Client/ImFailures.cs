using ComIm.Sip;
using ComIm.Sip.Events;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Client;

/// <summary>The one table from SIP outcomes to reasons and sentences for people.</summary>
internal static class ImFailures
{
    /// <summary>Why a sign-in failed.</summary>
    public static ImException OfSignIn(SipOutcome outcome, string address, string server)
    {
        if (OfNetwork(outcome, server) is { } network)
        {
            return network;
        }

        var (status, phrase) = (outcome.StatusCode, outcome.Response.ReasonPhrase);
        var (error, finding, advice) = status switch
        {
            401 or 407 when !IsDigestOffered(outcome.Response) => (
                ImError.AuthenticationFailed, $"{server} asks for an authentication scheme that ComIm does not speak.", "Allow Digest there."),
            401 or 407 => (
                ImError.AuthenticationFailed, $"{server} does not accept the user name or the password of {address}.", "Check both and sign in again."),
            403 => (ImError.Forbidden, $"{server} does not let {address} sign in (403 {phrase}).", "Ask its administrator."),
            404 => (
                ImError.AuthenticationFailed, $"{server} does not know {address} (404 {phrase}).",
                "Check the address, and that this is the server of its domain."),
            >= 500 and < 600 => (ImError.ServerFailure, $"{server} cannot sign {address} in now ({status} {phrase}).", "Try again later."),
            _ => (ImError.Rejected, $"{server} refused to sign {address} in ({status} {phrase}).", "Ask its administrator."),
        };
        return ImException.Of(error, finding, advice, outcome.Response);
    }

    /// <summary>Why a message did not arrive.</summary>
    public static ImException OfMessage(SipOutcome outcome, string recipient, string server)
    {
        if (outcome.Failure is { Fault: SipTransportFault.ConnectionLost or SipTransportFault.Stalled })
        {
            // It was sent, and nobody can say what became of it.
            return new ImException(
                ImError.ServerUnreachable,
                $"The connection to {server} was lost before the answer came; the message may have arrived. Ask {recipient} before you send it again.",
                0,
                null,
                outcome.Failure);
        }

        if (OfNetwork(outcome, server) is { } network)
        {
            return network;
        }

        var (status, phrase) = (outcome.StatusCode, outcome.Response.ReasonPhrase);
        var said = $"({status} {phrase})";
        return status switch
        {
            401 or 407 => New(ImError.AuthenticationFailed, outcome, $"{server} no longer accepts the password. Sign in again."),
            403 => New(ImError.Forbidden, outcome, $"{server} does not let you write to {recipient} {said}."),
            404 or 604 => New(ImError.RecipientUnknown, outcome, $"{recipient} is not known {said}. Check the address."),
            408 => New(ImError.Timeout, outcome, $"{recipient} did not answer {said}. Try again later."),

            // Their connection broke on the way: 430 of RFC 5626 section 11, 477 of Kamailio. The session ended under it: 481.
            430 or 477 or 480 or 481 or 486 or 600 or 603 => New(ImError.RecipientUnavailable, outcome, $"{recipient} cannot be reached now {said}. Try again later."),
            405 or 415 or 488 or 501 or 606 => New(ImError.NotAccepted, outcome, $"{recipient} does not take this kind of message {said}."),
            413 or 513 => New(ImError.NotAccepted, outcome, $"The message to {recipient} is too long {said}, and cannot be sent in parts."),
            >= 500 and < 600 => New(ImError.ServerFailure, outcome, $"{server} could not deliver the message to {recipient} {said}. Try again later."),
            _ => New(ImError.Rejected, outcome, $"The message to {recipient} was refused {said}."),
        };
    }

    /// <summary>Why our presence could not be published.</summary>
    public static ImException OfPublishing(SipOutcome outcome, string server)
    {
        if (OfNetwork(outcome, server) is { } network)
        {
            return network;
        }

        var (status, phrase) = (outcome.StatusCode, outcome.Response.ReasonPhrase);
        var said = $"({status} {phrase})";
        return status switch
        {
            401 or 407 => New(ImError.AuthenticationFailed, outcome, $"{server} no longer accepts the password. Sign in again."),
            403 => New(ImError.Forbidden, outcome, $"{server} does not let you publish your presence {said}."),
            404 or 405 or 415 or 489 or 501 => New(ImError.NotAccepted, outcome, $"{server} keeps no presence {said}."),
            >= 500 and < 600 => New(ImError.ServerFailure, outcome, $"{server} cannot take your presence now {said}. Try again later."),
            _ => New(ImError.Rejected, outcome, $"{server} refused your presence {said}."),
        };
    }

    /// <summary>Why somebody cannot be watched; null where nobody said anything against it.</summary>
    public static ImException? OfWatching(SubscriptionEnding ending, string person, string server)
    {
        if (ending.Refusal is not { } refusal)
        {
            return ending.Reason switch
            {
                "rejected" => new ImException(ImError.Forbidden, $"{person} does not let you see their presence."),
                "noresource" => new ImException(ImError.RecipientUnknown, $"{person} is no longer known to {server}."),
                null => new ImException(ImError.Timeout, $"{person} cannot be watched now: nothing is told of them."),
                _ => null,
            };
        }

        var (status, said) = (refusal.StatusCode, $"({refusal.StatusCode} {refusal.ReasonPhrase})");
        var (error, message) = status switch
        {
            401 or 407 => (ImError.AuthenticationFailed, $"{server} no longer accepts the password. Sign in again."),
            403 or 603 => (ImError.Forbidden, $"You may not see the presence of {person} {said}."),
            404 or 604 => (ImError.RecipientUnknown, $"{person} is not known {said}. Check the address."),
            405 or 406 or 489 or 501 => (ImError.NotAccepted, $"{server} tells nothing of presence {said}."),
            408 => (ImError.Timeout, $"{person} cannot be watched now: nobody answered."),
            480 => (ImError.RecipientUnavailable, $"{person} cannot be watched now {said}."),
            >= 500 and < 600 => (ImError.ServerFailure, $"{server} cannot tell the presence of {person} now {said}."),
            _ => (ImError.Rejected, $"The watching of {person} was refused {said}."),
        };
        return new ImException(error, message, status, refusal.ReasonPhrase);
    }

    /// <summary>The request could not be made, by a fault in what was to be sent.</summary>
    public static ImException Unwritable(Exception cause) =>
        new(ImError.Rejected, "The message cannot be sent as it is. Check its content and its type.", 0, null, cause);

    private static ImException? OfNetwork(SipOutcome outcome, string server)
    {
        if (outcome.Failure is null)
        {
            return null;
        }

        if (outcome.Failure.Fault == SipTransportFault.CertificateRefused)
        {
            return ImException.Of(
                ImError.ServerNotTrusted,
                outcome.Failure.Message,
                "Check the server's name, or trust the authority that issued its certificate.",
                inner: outcome.Failure);
        }

        if (outcome.Failure.Fault == SipTransportFault.TooLong)
        {
            return new ImException(ImError.NotAccepted, "The message is too long for a datagram, and cannot be sent in parts.", 0, null, outcome.Failure);
        }

        if (outcome.Failure.Fault == SipTransportFault.Unwritable)
        {
            return Unwritable(outcome.Failure);
        }

        // The status stands for a response that never came, so it is not reported as one.
        return ImException.Of(
            outcome.StatusCode == 408 ? ImError.Timeout : ImError.ServerUnreachable,
            outcome.StatusCode == 408
                ? $"{server} did not answer."
                : $"{server} cannot be reached: nobody listens there, or the connection was lost.",
            "Check its address and port, and that it runs.",
            inner: outcome.Failure);
    }

    private static bool IsDigestOffered(SipResponse response) => Sip.Authentication.DigestChallenge.AllOf(response).Count > 0;

    private static ImException New(ImError error, SipOutcome outcome, string message) =>
        new(error, message, outcome.StatusCode, outcome.Response.ReasonPhrase) { Response = outcome.Response };
}
