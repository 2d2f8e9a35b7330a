namespace ComIm.Com.Registration;

/// <summary>For whom the COM server is registered.</summary>
public enum RegistrationScope
{
    /// <summary>The current user (HKEY_CURRENT_USER\Software\Classes); needs no rights. Elevated programs do not see it.</summary>
    User,

    /// <summary>Every user of the machine (HKEY_LOCAL_MACHINE\Software\Classes); needs administrator rights.</summary>
    Machine,
}
