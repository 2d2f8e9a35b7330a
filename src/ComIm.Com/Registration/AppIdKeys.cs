using ComIm.Com.Automation;

namespace ComIm.Com.Registration;

/// <summary>
/// The AppID that all classes share: those of one AppID live in one surrogate. It says who may start that process and
/// call into it.
/// </summary>
internal static class AppIdKeys
{
    /// <summary>The AppID as the registry has it.</summary>
    public static readonly string Id = RegistrationKeys.Braced(new Guid(ContractIds.AppId));

    /// <summary>Its keys.</summary>
    public static string[] Roots =>
    [
        $@"{RegistrationKeys.Classes64}\AppID\{Id}",
        $@"{RegistrationKeys.Classes64}\AppID\{ComServer.ComHostFile}",
        $@"{RegistrationKeys.Classes64}\AppID\comim.exe",
    ];

    /// <summary>Writes them.</summary>
    public static void Write(IClassRegistry registry, RegistrationPlan plan)
    {
        var key = $@"{RegistrationKeys.Classes64}\AppID\{Id}";
        registry.SetValue(key, "", "ComIm");
        registry.SetValue($@"{RegistrationKeys.Classes64}\AppID\{ComServer.ComHostFile}", "AppID", Id);
        if (plan.Process == ServerProcess.InProcess)
        {
            return;
        }

        registry.SetValue(key, "LaunchPermission", ComPermissions.Launch);
        registry.SetValue(key, "AccessPermission", ComPermissions.Access);
        if (plan.Process == ServerProcess.OwnProcess)
        {
            registry.SetValue($@"{RegistrationKeys.Classes64}\AppID\comim.exe", "AppID", Id);
            return;
        }

        // Empty is Windows' own surrogate, in the bitness of the server. Wine takes that of 32 bit then, so it is told which.
        // (AppIDs are common to both bitnesses; a client of 32 bit under Wine would have to be told sysnative instead.)
        registry.SetValue(key, "DllSurrogate", plan.IsWine ? @"C:\windows\system32\dllhost.exe" : "");
    }
}
