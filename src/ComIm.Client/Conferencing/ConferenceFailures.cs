using ComIm.Sip;
using ComIm.Sip.Messages;

namespace ComIm.Client.Conferencing;

/// <summary>The one table from what a focus says to reasons and sentences for people.</summary>
internal static class ConferenceFailures
{
    /// <summary>Why there is no room.</summary>
    public static ImException OfFactory(SipOutcome outcome, string factory, string server)
    {
        if (outcome.Failure is not null)
        {
            return ImFailures.OfMessage(outcome, factory, server);
        }

        var said = $"({outcome.StatusCode} {outcome.Response.ReasonPhrase})";
        return outcome.StatusCode switch
        {
            < 300 => New(ImError.NotAccepted, outcome.StatusCode, $"{factory} answers, but makes no conferences. Check the conference factory of the account."),
            403 => New(ImError.Forbidden, 403, $"{server} does not let you begin a conference {said}."),
            404 or 405 or 480 or 481 or 488 or 501 or 604 => New(
                ImError.NotAccepted, outcome.StatusCode, $"{server} has no conferences at {factory} {said}. Name its conference factory in the account."),
            486 or >= 500 and < 600 => New(ImError.ServerFailure, outcome.StatusCode, $"{server} can make no conference now {said}. Try again later."),
            _ => New(ImError.Rejected, outcome.StatusCode, $"{server} makes no conference {said}."),
        };
    }

    /// <summary>Why we are not in the room.</summary>
    public static ImException OfRoom(SipOutcome outcome, string server)
    {
        if (outcome.Failure is not null)
        {
            return ImFailures.OfMessage(outcome, "The conference", server);
        }

        var said = $"({outcome.StatusCode} {outcome.Response.ReasonPhrase})";
        return outcome.StatusCode switch
        {
            403 => New(ImError.Forbidden, 403, $"The conference does not let you in {said}: it is locked, or you have been removed."),
            404 or 480 or 481 or 604 => New(ImError.RecipientUnavailable, outcome.StatusCode, $"The conference is over {said}."),
            486 or 503 => New(ImError.RecipientUnavailable, outcome.StatusCode, $"The conference is full {said}."),
            _ => New(ImError.Rejected, outcome.StatusCode, $"The conference cannot be joined {said}."),
        };
    }

    /// <summary>Why somebody is not in the room.</summary>
    public static ImException OfInvitation(int status, string person)
    {
        var said = $"({status} {new SipResponse(status is >= 100 and <= 699 ? status : 500).ReasonPhrase})";
        return status switch
        {
            0 => New(ImError.Timeout, 0, $"It is not known whether {person} came into the conference: nobody said."),
            403 => New(ImError.Forbidden, 403, $"You may not bring {person} into this conference {said}: it is locked, or they do not want it."),
            404 or 604 => New(ImError.RecipientUnknown, status, $"{person} is not known {said}. Check the address."),
            408 => New(ImError.Timeout, status, $"{person} did not answer {said}. Try again later."),
            480 or 486 or 487 or 491 or 600 or 603 => New(ImError.RecipientUnavailable, status, $"{person} cannot come into the conference now {said}."),
            405 or 415 or 420 or 481 or 488 or 501 or 606 => New(
                ImError.NotAccepted, status, $"The software of {person} knows no conferences {said}. Write to {person} in a chat of two."),
            >= 500 and < 600 => New(ImError.ServerFailure, status, $"The conference could not take {person} in {said}."),
            _ => New(ImError.Rejected, status, $"{person} was not let into the conference {said}."),
        };
    }

    /// <summary>Why a change was not made.</summary>
    public static ImException OfChange(int status) => status switch
    {
        403 => New(ImError.Forbidden, 403, "Only a leader of the conference may do that (403)."),
        404 or 481 => New(ImError.RecipientUnknown, status, "There is no such participant, or the conference is over."),
        0 or 408 => New(ImError.Timeout, status, "The conference did not answer."),
        _ => New(ImError.Rejected, status, $"The conference refused the change ({status})."),
    };

    private static ImException New(ImError error, int status, string message) => new(error, message, status);
}
