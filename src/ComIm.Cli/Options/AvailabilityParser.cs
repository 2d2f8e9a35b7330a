using System.CommandLine.Parsing;
using ComIm.Client.Presence;

namespace ComIm.Cli.Options;

/// <summary>Reads an availability as people write it.</summary>
internal static class AvailabilityParser
{
    /// <summary>Reads one, and says what could have been written where it is none of them.</summary>
    /// <param name="result">The value of the option.</param>
    public static PresenceAvailability? Parse(ArgumentResult result)
    {
        var value = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        switch (value.ToLowerInvariant())
        {
            case "online":
                return PresenceAvailability.Online;
            case "away":
                return PresenceAvailability.Away;
            case "brb":
                return PresenceAvailability.BeRightBack;
            case "busy":
                return PresenceAvailability.Busy;
            case "dnd":
                return PresenceAvailability.DoNotDisturb;
            case "offline":
                return PresenceAvailability.Offline;
            default:
                result.AddError($"The availability '{value}' is not known: write online, away, brb, busy, dnd or offline.");
                return null;
        }
    }
}
